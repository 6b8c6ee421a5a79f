using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>The rules of alerts. Limits are those of the guidelines named beside them.</summary>
internal static class AlertRules
{
    private const string Consensus = "International consensus on time in range 2019 (Diabetes Care 42:1593)";
    private const string Pressure = "ACC/AHA 2017 (Hypertension 71:e13)";

    /// <summary>All rules.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        new(new HealthRule("alert.glucose_very_low", FindingSeverity.Urgent, Consensus), "glucose", IsLow: true, 54, 60, TimeSpan.Zero),
        new(new HealthRule("alert.glucose_low", FindingSeverity.Warn, Consensus), "glucose", IsLow: true, 70, 75, TimeSpan.FromMinutes(15)),
        new(new HealthRule("alert.glucose_very_high", FindingSeverity.Warn, Consensus), "glucose", IsLow: false, 251, 240, TimeSpan.FromMinutes(30)),
        new(new HealthRule("alert.systolic_severe", FindingSeverity.Urgent, Pressure), "systolic", IsLow: false, 180, 170, TimeSpan.Zero),
        new(new HealthRule("alert.diastolic_severe", FindingSeverity.Urgent, Pressure), "diastolic", IsLow: false, 120, 115, TimeSpan.Zero),
        new(new HealthRule("alert.resting_heart_rate_high", FindingSeverity.Warn, "ACC/AHA/HRS 2015 guideline on supraventricular tachycardia (Circulation 133:e506): above 100; raised here from 120"), "resting_heart_rate", IsLow: false, 120, 110, TimeSpan.Zero),
        new(new HealthRule("alert.heart_rate_low", FindingSeverity.Warn, "ACC/AHA/HRS 2018 guideline on bradycardia (Circulation 140:e382): below 50; raised here below 40"), "heart_rate", IsLow: true, 40, 45, TimeSpan.FromMinutes(10)),
    ];

    /// <summary>The type of samples of a rule; null for a rule that is not known.</summary>
    public static string? TypeOf(string rule) => All.FirstOrDefault(one => one.Rule.Name == rule)?.Type;
}
