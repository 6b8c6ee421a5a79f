using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A rule of alerts as it holds for a person.</summary>
[WireMessage]
public sealed partial class HealthAlertRule
{
    /// <summary>Its stable name, such as <c>alert.glucose_low</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How urgent it is. What is urgent is never switched off, snoozed or held back.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>What it looks at.</summary>
    public required string Type { get; init; }

    /// <summary>The unit of all limits, as UCUM.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether low values raise it; else high ones.</summary>
    public required bool IsLow { get; init; }

    /// <summary>Beyond it the alert is raised.</summary>
    public required double Limit { get; init; }

    /// <summary>The limit of the guideline.</summary>
    public required double DefaultLimit { get; init; }

    /// <summary>The smallest limit that a person may set.</summary>
    public required double LeastLimit { get; init; }

    /// <summary>The largest.</summary>
    public required double MostLimit { get; init; }

    /// <summary>Back at it the alert is over.</summary>
    public required double ClearAt { get; init; }

    /// <summary>For how many seconds values must be beyond the limit.</summary>
    [WireField(Minimum = 0)]
    public required double PersistenceSeconds { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether it is said in quiet hours, too.</summary>
    public required bool BreaksQuietHours { get; init; }

    /// <summary>Until when it is snoozed, in milliseconds since 1970 (UTC); absent where it is not.</summary>
    public long? SnoozedUntil { get; init; }

    /// <summary>The guideline that it is from.</summary>
    public required string Guideline { get; init; }
}
