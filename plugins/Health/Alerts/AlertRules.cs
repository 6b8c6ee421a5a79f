using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Findings;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>The rules of alerts. Limits are those of the guidelines named beside them; where a rule warns later than its guideline, it says so.</summary>
internal static class AlertRules
{
    /// <summary>What the rule of predicted lows looks at: glucose as it is forecast.</summary>
    public const string Forecast = "glucose_forecast";

    private const string Consensus = "International consensus on time in range 2019 (Diabetes Care 42:1593)";
    private const string Pressure = "ACC/AHA 2017 (Hypertension 71:e13)";
    private const string Tachycardia = "ACC/AHA/HRS 2015 guideline on supraventricular tachycardia (Circulation 133:e506): above 100; raised here from 120";
    private const string Bradycardia = "ACC/AHA/HRS 2018 guideline on bradycardia (Circulation 140:e382): below 50; raised here below 40";

    /// <summary>Glucose that is forecast to be low in 30 minutes.</summary>
    public static AlertRule PredictedLow { get; } = new(
        new HealthRule("alert.glucose_low_predicted", FindingSeverity.Warn, "International consensus on continuous glucose monitoring 2017 (Diabetes Care 40:1631): 70 mg/dL; forecast from the person's own readings"),
        Forecast, "mg/dL", IsLow: true, 70, 80) { GrantedType = "glucose", LeastLimit = 60, MostLimit = 100 };

    /// <summary>The rules of live ECGs.</summary>
    public static IReadOnlyList<AlertRule> Ecg { get; } =
    [
        Live(DataGrants.Ecg, "alert.ecg_pause", FindingSeverity.Urgent, "ACC/AHA/HRS 2018 guideline on bradycardia (Circulation 140:e382): longer than 3 s", "ecg_pause", "s", isLow: false, 3, 0, least: 2, most: 3) with { ClearAfter = TimeSpan.FromMinutes(10) },
        Live(DataGrants.Ecg, "alert.ecg_ventricular_run", FindingSeverity.Urgent, "AHA/ACC/HRS 2017 guideline on ventricular arrhythmias (Circulation 138:e272): three beats and more above 100 a minute", "ecg_ventricular_run", "s", isLow: false, 0.1, 0, least: 0.1, most: 0.1) with { ClearAfter = TimeSpan.FromMinutes(10) },
        Live(DataGrants.Ecg, "alert.ecg_irregular", FindingSeverity.Warn, "ESC 2020 guideline on atrial fibrillation (Eur Heart J 42:373): from 30 s on; raised here after 60", "ecg_irregular", "s", isLow: false, 60, 0, least: 30, most: 600) with { ClearAfter = TimeSpan.FromMinutes(10) },
        Live(DataGrants.Ecg, "alert.ecg_tachycardia", FindingSeverity.Warn, Tachycardia, "ecg_heart_rate", "/min", isLow: false, 120, 110, least: 100, most: 180) with { Persistence = TimeSpan.FromMinutes(1), ClearAfter = TimeSpan.FromMinutes(1), IsInclusive = true },
        Live(DataGrants.Ecg, "alert.ecg_bradycardia", FindingSeverity.Warn, Bradycardia, "ecg_heart_rate", "/min", isLow: true, 40, 45, least: 30, most: 50) with { Persistence = TimeSpan.FromMinutes(1), ClearAfter = TimeSpan.FromMinutes(1) },
        Live(DataGrants.Ecg, "alert.ecg_signal_lost", FindingSeverity.Warn, "Signal quality: nothing is said of what cannot be seen", "ecg_signal_lost", "s", isLow: false, 60, 0, least: 30, most: 600) with { ClearAfter = TimeSpan.FromSeconds(10) },
    ];

    /// <summary>The rules of live pulse signals.</summary>
    public static IReadOnlyList<AlertRule> Ppg { get; } =
    [
        Live(DataGrants.Ppg, "alert.pulse_high", FindingSeverity.Warn, Tachycardia, "ppg_pulse", "/min", isLow: false, 120, 110, least: 100, most: 180) with { Persistence = TimeSpan.FromMinutes(1), ClearAfter = TimeSpan.FromMinutes(1), IsInclusive = true },
        Live(DataGrants.Ppg, "alert.pulse_low", FindingSeverity.Warn, Bradycardia, "ppg_pulse", "/min", isLow: true, 40, 45, least: 30, most: 50) with { Persistence = TimeSpan.FromMinutes(1), ClearAfter = TimeSpan.FromMinutes(1) },
    ];

    /// <summary>The rules of recorded samples, by their types.</summary>
    public static ILookup<string, AlertRule> OfSamples { get; } = new AlertRule[]
    {
        new(new HealthRule("alert.glucose_very_low", FindingSeverity.Urgent, Consensus), "glucose", "mg/dL", IsLow: true, 54, 60) { MostLimit = 70 },
        new(new HealthRule("alert.glucose_low", FindingSeverity.Warn, Consensus), "glucose", "mg/dL", IsLow: true, 70, 75) { Persistence = TimeSpan.FromMinutes(15), LeastLimit = 60, MostLimit = 100 },
        new(new HealthRule("alert.glucose_very_high", FindingSeverity.Warn, Consensus), "glucose", "mg/dL", IsLow: false, 250, 240) { Persistence = TimeSpan.FromMinutes(30), LeastLimit = 180, MostLimit = 300 },
        new(new HealthRule("alert.systolic_severe", FindingSeverity.Urgent, Pressure), "systolic", "mm[Hg]", IsLow: false, 180, 170) { IsInclusive = true, StaleAfter = TimeSpan.FromHours(4), LeastLimit = 140 },
        new(new HealthRule("alert.diastolic_severe", FindingSeverity.Urgent, Pressure), "diastolic", "mm[Hg]", IsLow: false, 120, 115) { IsInclusive = true, StaleAfter = TimeSpan.FromHours(4), LeastLimit = 90 },
        new(new HealthRule("alert.resting_heart_rate_high", FindingSeverity.Warn, Tachycardia), "resting_heart_rate", "/min", IsLow: false, 120, 110) { IsInclusive = true, StaleAfter = TimeSpan.FromHours(12), LeastLimit = 90, MostLimit = 150 },
        new(new HealthRule("alert.heart_rate_low", FindingSeverity.Warn, Bradycardia), "heart_rate", "/min", IsLow: true, 40, 45) { Persistence = TimeSpan.FromMinutes(10), LeastLimit = 30, MostLimit = 50 },
    }.ToLookup(static rule => rule.Type, StringComparer.Ordinal);

    /// <summary>All rules, the most urgent first.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
        [.. OfSamples.SelectMany(static rules => rules).Append(PredictedLow).Concat(Ecg).Concat(Ppg).OrderByDescending(static rule => rule.Rule.Severity)];

    /// <summary>All rules by their names.</summary>
    public static IReadOnlyDictionary<string, AlertRule> ByName { get; } = All.ToDictionary(static rule => rule.Rule.Name, StringComparer.Ordinal);

    /// <summary>The type of data that the alerts of a rule tell of, as it is granted; null for a rule that is not known.</summary>
    public static string? GrantedTypeOf(string rule) => ByName.GetValueOrDefault(rule)?.GrantedType;

    // Values of a live signal come every second; after a break of some minutes it is another measurement.
    private static AlertRule Live(string granted, string name, FindingSeverity severity, string guideline, string type, string unit, bool isLow, double limit, double clearAt, double least, double most)
        => new(new HealthRule(name, severity, guideline), type, unit, isLow, limit, clearAt)
        {
            GrantedType = granted,
            MostGap = TimeSpan.FromSeconds(30),
            StaleAfter = TimeSpan.FromMinutes(5),
            LeastLimit = least,
            MostLimit = most,
        };
}
