using System.Text.Json;

namespace EdgeHost.Jobs.Specs;

/// <summary>Which settings are tried, and how long. Immutable.</summary>
public sealed record SearchSpec
{
    /// <summary>How.</summary>
    public required SearchKind Kind { get; init; }

    /// <summary>Places of the specification such as <c>optimiser.rate</c>, each with the values that are tried there; at least one.</summary>
    public required IReadOnlyList<(string Path, IReadOnlyList<JsonElement> Values)> Parameters { get; init; }

    /// <summary>Training time after which no further trial begins; null for none beside that of the job.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>The most trials; where there are more combinations, they are drawn by the seed. Default 16.</summary>
    public int Trials { get; init; } = 16;

    /// <summary>Of successive halving: one of how many goes on. Default 3; 2 to 10.</summary>
    public int Eta { get; init; } = 3;
}
