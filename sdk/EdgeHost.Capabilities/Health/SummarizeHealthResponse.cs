using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A summary. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class SummarizeHealthResponse
{
    /// <summary>Its start, in milliseconds since 1970 (UTC).</summary>
    public required long From { get; init; }

    /// <summary>Its end.</summary>
    public required long Until { get; init; }

    /// <summary>The readings by type.</summary>
    public required IReadOnlyList<HealthTypeSummary> Types { get; init; }

    /// <summary>Glucose, where there is any.</summary>
    public GlucoseFigures? Glucose { get; init; }

    /// <summary>The average blood pressure, where there is any.</summary>
    public BloodPressureAverage? BloodPressure { get; init; }

    /// <summary>Its category.</summary>
    public BloodPressureCategory? BloodPressureCategory { get; init; }

    /// <summary>It by day and by night, where there is any.</summary>
    public BloodPressureDayNight? BloodPressureDay { get; init; }

    /// <summary>The average of home readings without their first day; absent where all are of one day.</summary>
    public BloodPressureHome? BloodPressureHome { get; init; }

    /// <summary>What it means and what to do, the most urgent first.</summary>
    public required IReadOnlyList<HealthFinding> Findings { get; init; }

    /// <summary>Types that the app may not read, whether or not there are readings of them.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>Readings of the period that are not plausible and do not count.</summary>
    [WireField(Minimum = 0)]
    public required int Flagged { get; init; }
}
