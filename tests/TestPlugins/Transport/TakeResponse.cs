using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>What came.</summary>
[WireMessage]
public sealed partial class TakeResponse
{
    /// <summary>How many bytes.</summary>
    public required int Bytes { get; init; }

    /// <summary>The sum of eight of them, evenly spread from the first to the last.</summary>
    public required long Sum { get; init; }
}
