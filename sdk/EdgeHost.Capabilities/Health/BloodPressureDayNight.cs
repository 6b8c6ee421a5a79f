using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Blood pressure by day and by night, by the clock of the readings.</summary>
[WireMessage]
public sealed partial class BloodPressureDayNight
{
    /// <summary>From 7 to 23 o'clock; absent without readings.</summary>
    public BloodPressureAverage? Day { get; init; }

    /// <summary>From 23 to 7 o'clock; absent without readings.</summary>
    public BloodPressureAverage? Night { get; init; }

    /// <summary>How far systolic pressure falls at night, as a share of the day's; absent where it cannot be told.</summary>
    public double? Dip { get; init; }

    /// <summary>The name of the dip.</summary>
    public required BloodPressureDipping Dipping { get; init; }
}
