using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>When an alert is raised and when it is over: two limits, so that a value that wavers about one raises it once. Immutable.</summary>
/// <param name="Rule">Its name, urgency and source.</param>
/// <param name="Type">What it looks at: a type of samples, or what a live signal or the forecast shows.</param>
/// <param name="Unit">The unit of values and limits, as UCUM.</param>
/// <param name="IsLow">Whether low values raise it; else high ones.</param>
/// <param name="Limit">Beyond it the alert is raised.</param>
/// <param name="ClearAt">Back at it the alert is over.</param>
internal sealed record AlertRule(HealthRule Rule, string Type, string Unit, bool IsLow, double Limit, double ClearAt)
{
    /// <summary>The type of data that its alerts tell of, as it is granted (<see cref="Access.DataGrants"/>).</summary>
    public string GrantedType { get; init; } = Type;

    /// <summary>How long values must stay beyond the limit; zero for at once.</summary>
    public TimeSpan Persistence { get; init; }

    /// <summary>How long values must stay back before the alert is over; zero for at once.</summary>
    public TimeSpan ClearAfter { get; init; }

    /// <summary>Between two values further apart nobody knows what was: what has not lasted yet begins anew.</summary>
    public TimeSpan MostGap { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after its newest value an alert still stands for what is now; a value beyond the limit that comes later raises it again.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The smallest limit that a person may set: one that would not be safe is out of reach.</summary>
    public double LeastLimit { get; init; } = Limit;

    /// <summary>The largest one.</summary>
    public double MostLimit { get; init; } = Limit;

    /// <summary>Whether a value at the limit raises it as well.</summary>
    public bool IsInclusive { get; init; }

    /// <summary>Whether it is an emergency: never switched off, snoozed or held back.</summary>
    public bool IsUrgent => Rule.Severity == FindingSeverity.Urgent;

    /// <summary>Whether a value raises it.</summary>
    public bool IsBeyond(double value) => (IsInclusive && value == Limit) || (IsLow ? value < Limit : value > Limit);

    /// <summary>Whether a value ends it.</summary>
    public bool IsClear(double value) => IsLow ? value >= ClearAt : value <= ClearAt;

    /// <summary>The rule with a personal limit; where it is over moves in proportion.</summary>
    public AlertRule At(double limit) => this with { Limit = limit, ClearAt = Math.Round(ClearAt * limit / Limit, 1) };
}
