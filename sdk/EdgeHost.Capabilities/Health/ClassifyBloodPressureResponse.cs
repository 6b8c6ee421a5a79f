using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A category of blood pressure. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class ClassifyBloodPressureResponse
{
    /// <summary>The category of the average; if systolic and diastolic disagree, the higher one.</summary>
    public required BloodPressureCategory Category { get; init; }

    /// <summary>The guideline.</summary>
    public required BloodPressureScheme Scheme { get; init; }

    /// <summary>The average; absent where no reading is plausible.</summary>
    public BloodPressureAverage? Average { get; init; }

    /// <summary>What it means and what to do, the most urgent first.</summary>
    public required IReadOnlyList<HealthFinding> Findings { get; init; }

    /// <summary>Readings that are not plausible and were left out, with the reason.</summary>
    public IReadOnlyList<FlaggedReading> Flagged { get; init; } = [];
}
