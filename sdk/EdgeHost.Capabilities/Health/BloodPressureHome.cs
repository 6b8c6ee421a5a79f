using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>
/// The average of home readings as the ESH guideline of 2021 defines it (Stergiou et al., J Hypertens 39:1293): the first day is left out.
/// </summary>
[WireMessage]
public sealed partial class BloodPressureHome
{
    /// <summary>The mean of the readings that are left; <c>is_valid</c> says whether it counts: from 12 readings on at least 3 days on, the first day not counted among the readings.</summary>
    public required BloodPressureAverage Average { get; init; }

    /// <summary>Days with readings, the first included.</summary>
    [WireField(Minimum = 2)]
    public required int Days { get; init; }
}
