using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Keeps the readings of a file.</summary>
[WireMessage]
public sealed partial class ImportHealthRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>What the file is.</summary>
    public required ImportFormat Format { get; init; }

    /// <summary>The file, at most 100 million bytes unless the host is set otherwise.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
