using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>What came.</summary>
[WireMessage]
public sealed partial class TakeResponse
{
    /// <summary>How many bytes.</summary>
    public required int Bytes { get; init; }

    /// <summary>The sum of every 4,096th of them, so that each page was looked at.</summary>
    public required long Sum { get; init; }
}
