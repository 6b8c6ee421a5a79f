using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The hours in which only urgent alerts are said, by the clock of the person's time zone.</summary>
[WireMessage]
public sealed partial class HealthQuietHours
{
    /// <summary>When they begin, as <c>HH:mm</c>.</summary>
    [WireField(MaxLength = 5)]
    public required string Start { get; init; }

    /// <summary>When they end, as <c>HH:mm</c>; before the start: on the next day.</summary>
    [WireField(MaxLength = 5)]
    public required string End { get; init; }
}
