using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A piece of a signal that an app pushes.</summary>
[WireMessage]
public sealed partial class SignalChunk
{
    /// <summary>The next samples, up to a second's worth at a time for quick answers.</summary>
    public required HealthSignal Signal { get; init; }

    /// <summary>The time of each frame in milliseconds, where the stream has no even rate.</summary>
    public IReadOnlyList<double>? TimesMs { get; init; }
}
