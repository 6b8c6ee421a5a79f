using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What glucose is expected to be. It is no ground for a dose.</summary>
[WireMessage]
public sealed partial class ForecastGlucoseResponse
{
    /// <summary>The expected value.</summary>
    public required double Value { get; init; }

    /// <summary>Lower end of the interval that holds nine in ten values.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double High { get; init; }

    /// <summary>The unit of all values.</summary>
    public required string Unit { get; init; }

    /// <summary>For when it is, in milliseconds since 1970 (UTC).</summary>
    public required long Time { get; init; }

    /// <summary>The last value that was measured: what "nothing changes" would say.</summary>
    public required double LastValue { get; init; }

    /// <summary>When that was.</summary>
    public required long LastTime { get; init; }

    /// <summary>Examples of this person that the model has learnt from; with few it is close to the last value.</summary>
    public required int Examples { get; init; }
}
