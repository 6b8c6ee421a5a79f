using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The readings of one type.</summary>
[WireMessage]
public sealed partial class HealthTypeSummary
{
    /// <summary>What was measured.</summary>
    public required string Type { get; init; }

    /// <summary>The unit of all values, as UCUM.</summary>
    public required string Unit { get; init; }

    /// <summary>Readings of the period.</summary>
    [WireField(Minimum = 0)]
    public required int Count { get; init; }

    /// <summary>The smallest.</summary>
    public required double Minimum { get; init; }

    /// <summary>The largest.</summary>
    public required double Maximum { get; init; }

    /// <summary>The mean; of steps and sleep the mean of the days' sums.</summary>
    public required double Mean { get; init; }

    /// <summary>The newest.</summary>
    public required double Latest { get; init; }

    /// <summary>When the newest was, in milliseconds since 1970 (UTC).</summary>
    public required long LatestTime { get; init; }

    /// <summary>What is usual for this person; absent without enough days.</summary>
    public HealthBaseline? Baseline { get; init; }

    /// <summary>How many deviations the last day is off what is usual.</summary>
    public double? Score { get; init; }

    /// <summary>The trend of the last 30 days; absent without seven days.</summary>
    public HealthTrend? Trend { get; init; }
}
