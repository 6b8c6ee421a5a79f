using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>What is left of the calling app's limits, over all its connections. A field that is absent stands for no limit.</summary>
[WireMessage]
public sealed partial class QuotaResponse
{
    /// <summary>The app.</summary>
    public required string App { get; init; }

    /// <summary>Its most urgent priority: <c>interactive</c>, <c>normal</c> or <c>background</c>.</summary>
    public required string MaxPriority { get; init; }

    /// <summary>Calls that it may begin at this moment.</summary>
    [WireField(Minimum = 0)]
    public int? CallsLeft { get; init; }

    /// <summary>Calls more that may be in flight.</summary>
    [WireField(Minimum = 0)]
    public int? ConcurrentCallsLeft { get; init; }

    /// <summary>Device time left in this window, milliseconds.</summary>
    [WireField(Minimum = 0)]
    public long? DeviceTimeLeftMs { get; init; }

    /// <summary>When that window ends, in milliseconds from now.</summary>
    [WireField(Minimum = 0)]
    public long? DeviceTimeResetsInMs { get; init; }
}
