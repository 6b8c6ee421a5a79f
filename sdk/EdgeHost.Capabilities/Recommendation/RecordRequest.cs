using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Records events, in any order. They are on the disk when the call answers, and count with the next list.</summary>
[WireMessage]
public sealed partial class RecordRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>The events.</summary>
    public required IReadOnlyList<UserEvent> Events { get; init; }
}
