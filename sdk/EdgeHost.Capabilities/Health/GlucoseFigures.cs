using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Glucose by the consensus of 2019 (Diabetes Care 42:1593). Shares are 0 to 1.</summary>
[WireMessage]
public sealed partial class GlucoseFigures
{
    /// <summary>Readings that count.</summary>
    public required int Readings { get; init; }

    /// <summary>Share of the expected readings that are there.</summary>
    public required double Wear { get; init; }

    /// <summary>Whether there are 14 days with 70 % of the readings, as the consensus asks before anybody judges.</summary>
    public required bool IsSufficient { get; init; }

    /// <summary>The mean, in mg/dL.</summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation over mean.</summary>
    public double? Variation { get; init; }

    /// <summary>Glucose management indicator, in percent.</summary>
    public double? ManagementIndicator { get; init; }

    /// <summary>Share from 70 to 180 mg/dL.</summary>
    public double? InRange { get; init; }

    /// <summary>Share below 70 mg/dL.</summary>
    public double? Low { get; init; }

    /// <summary>Share below 54 mg/dL.</summary>
    public double? VeryLow { get; init; }

    /// <summary>Share above 180 mg/dL.</summary>
    public double? High { get; init; }

    /// <summary>Share above 250 mg/dL.</summary>
    public double? VeryHigh { get; init; }

    /// <summary>Episodes below 70 mg/dL.</summary>
    public int LowEpisodes { get; init; }

    /// <summary>Episodes above 250 mg/dL.</summary>
    public int VeryHighEpisodes { get; init; }

    /// <summary>Standard deviation, in mg/dL.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>Low blood glucose index (Kovatchev et al. 2006, Diabetes Care 29:2433): below 1.1 minimal risk of lows, above 5 high.</summary>
    public double? LowIndex { get; init; }

    /// <summary>High blood glucose index: below 5 low, above 10 high.</summary>
    public double? HighIndex { get; init; }

    /// <summary>The pattern of the day, 24 hours from midnight by the person's clock.</summary>
    public IReadOnlyList<GlucoseHourFigures> Pattern { get; init; } = [];
}
