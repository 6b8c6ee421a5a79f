using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Something that a rule has found. It is no diagnosis.</summary>
[WireMessage]
public sealed partial class HealthFinding
{
    /// <summary>The rule, a stable name such as <c>blood_pressure.severe</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How urgent it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>What was found, for people.</summary>
    public required string Text { get; init; }

    /// <summary>What to do, for people; absent where nothing is to be done.</summary>
    public string? Advice { get; init; }

    /// <summary>The guideline or paper that the rule is from.</summary>
    public required string Guideline { get; init; }

    /// <summary>The values that it rests on.</summary>
    public required IReadOnlyList<HealthReading> Readings { get; init; }
}
