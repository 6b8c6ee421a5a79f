namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>What readings of a continuous sensor say of a stretch of time. Shares are 0 to 1. Immutable.</summary>
public sealed record GlucoseSummary
{
    /// <summary>Readings that count.</summary>
    public required int Readings { get; init; }

    /// <summary>Share of the expected readings that are there.</summary>
    public required double Wear { get; init; }

    /// <summary>Whether there are 14 days with 70 % of the readings, as the consensus asks before anybody judges.</summary>
    public required bool IsSufficient { get; init; }

    /// <summary>In mg/dL; null without readings, like all that follow.</summary>
    public double? Mean { get; init; }

    /// <summary>Sample standard deviation, in mg/dL.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Standard deviation over mean; stable up to 0.36 (consensus 2019).</summary>
    public double? Variation => StandardDeviation / Mean;

    /// <summary>Glucose management indicator, in percent of HbA1c: 3.31 + 0.02392 · mean (Bergenstal et al. 2018, Diabetes Care 41:2275).</summary>
    public double? ManagementIndicator => 3.31 + (0.02392 * Mean);

    /// <summary>Share of readings in the target range.</summary>
    public double? InRange { get; init; }

    /// <summary>Share below the range, very low ones included.</summary>
    public double? Low { get; init; }

    /// <summary>Share below 54 mg/dL.</summary>
    public double? VeryLow { get; init; }

    /// <summary>Share above the range, very high ones included.</summary>
    public double? High { get; init; }

    /// <summary>Share above 250 mg/dL.</summary>
    public double? VeryHigh { get; init; }

    /// <summary>Low blood glucose index (Kovatchev et al. 2006, Diabetes Care 29:2433): risk of lows; below 1.1 is minimal, above 5 high.</summary>
    public double? LowIndex { get; init; }

    /// <summary>High blood glucose index: risk of highs; below 5 low, above 10 high.</summary>
    public double? HighIndex { get; init; }

    /// <summary>Which targets are met: in the order in range, low, very low, high, very high; null without readings.</summary>
    public IReadOnlyList<bool>? Met { get; init; }
}
