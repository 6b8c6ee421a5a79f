using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Asks for everything that a catalogue holds.</summary>
[WireMessage]
public sealed partial class ExportRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>The user whose data alone is wanted.</summary>
    [WireField(MaxLength = 256)]
    public string? User { get; init; }
}
