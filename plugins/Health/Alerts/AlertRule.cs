using EdgeHost.Plugins.Health.Findings;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>When an alert is raised and when it is over: two limits, so that a value that wavers about one raises it once.</summary>
/// <param name="Rule">Its name, urgency and source.</param>
/// <param name="Type">The type of samples that it looks at.</param>
/// <param name="IsLow">Whether low values raise it; else high ones.</param>
/// <param name="Limit">Beyond it the alert is raised, in the type's kept unit.</param>
/// <param name="ClearAt">Back at it the alert is over.</param>
/// <param name="Persistence">How long values must stay beyond the limit; zero for at once.</param>
internal sealed record AlertRule(HealthRule Rule, string Type, bool IsLow, double Limit, double ClearAt, TimeSpan Persistence)
{
    /// <summary>Whether a value raises it.</summary>
    public bool IsBeyond(double value) => IsLow ? value < Limit : value >= Limit;

    /// <summary>Whether a value ends it.</summary>
    public bool IsClear(double value) => IsLow ? value >= ClearAt : value <= ClearAt;
}
