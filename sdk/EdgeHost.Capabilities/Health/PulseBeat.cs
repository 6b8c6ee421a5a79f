using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A pulse wave.</summary>
[WireMessage]
public sealed partial class PulseBeat
{
    /// <summary>The sample of the signal nearest to its steepest upstroke; absent where frames came with times of their own.</summary>
    public long? Sample { get; init; }

    /// <summary>When its upstroke is steepest, in milliseconds from the start of the signal, or on the clock of the frames.</summary>
    public required double TimeMs { get; init; }

    /// <summary>Milliseconds since the pulse before; absent for the first one and after a gap.</summary>
    public double? IntervalMs { get; init; }
}
