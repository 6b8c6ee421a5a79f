using System.Globalization;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health;

/// <summary>Limits and choices of the plugin. Each is a setting under <c>health:</c>. Immutable.</summary>
internal sealed class HealthOptions
{
    private const string Section = "health:";

    /// <summary>The language of texts where a call names none: <c>en</c> (default) or <c>zh</c>.</summary>
    public string Language { get; init; } = HealthTexts.English;

    /// <summary>Most values of a signal in one call: 1,000 to 100,000,000, default 2,600,000 (two hours of ECG at 360 Hz).</summary>
    public int MaxSignalValues { get; init; } = 2_600_000;

    /// <summary>Most values of one piece of a live signal: 1 to 10,000,000, default 100,000.</summary>
    public int MaxChunkValues { get; init; } = 100_000;

    /// <summary>The guideline for blood pressure where a call names none: <c>acc_aha2017</c>, <c>esc_esh2018</c> (default) or <c>esc2024</c>.</summary>
    public BloodPressureScheme BloodPressureScheme { get; init; } = BloodPressureScheme.EscEsh2018;

    /// <summary>Most samples of one call that records: 1 to 1,000,000, default 100,000.</summary>
    public int MaxSamples { get; init; } = 100_000;

    /// <summary>Most bytes of a file that is imported: 1,000 to 1,000,000,000, default 100,000,000.</summary>
    public int MaxImportBytes { get; init; } = 100_000_000;

    /// <summary>Most samples of a wave of a WFDB record of several segments, gaps among them: 1,000 to 1,000,000,000, default 100,000,000 (three days at 360 Hz). A small file may name a long gap.</summary>
    public int MaxWaveSamples { get; init; } = 100_000_000;

    /// <summary>Most samples that are read for one summary: 1,000 to 100,000,000, default 2,000,000.</summary>
    public int MaxSummarySamples { get; init; } = 2_000_000;

    /// <summary>Most pixels of a chart: 40,000 to 64,000,000, default 8,000,000. Drawing takes four bytes for each.</summary>
    public int MaxChartPixels { get; init; } = 8_000_000;

    /// <summary>Samples of one item of an export: 10 to 10,000, default 1,000.</summary>
    public int ExportPage { get; init; } = 1_000;

    /// <summary>Hours after which a sample raises no alert any more: 1 to 8,760, default 24.</summary>
    public int AlertMaxAgeHours { get; init; } = 24;

    /// <summary>Minutes after which an alert that nobody acknowledges is said again, where the person has chosen nothing: 0 (never) to 1,440, default 15.</summary>
    public int AlertEscalateMinutes { get; init; } = 15;

    /// <summary>The same for urgent alerts, which are said again in any case: 1 to 60, default 5.</summary>
    public int AlertUrgentEscalateMinutes { get; init; } = 5;

    /// <summary>How often an alert is said at most that nobody acknowledges: 1 to 10, default 3.</summary>
    public int AlertLevels { get; init; } = 3;

    /// <summary>Hours for which alerts can be snoozed at most: 1 to 168, default 24.</summary>
    public int MaxSnoozeHours { get; init; } = 24;

    /// <summary>Calls that are served by the database or wait for it before a further one is refused: 1 to 10,000, default 64.</summary>
    public int QueueLimit { get; init; } = 64;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static HealthOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new HealthOptions();
        return new HealthOptions
        {
            Language = Choice(settings, "language", defaults.Language, HealthTexts.Languages.ToDictionary(static name => name, static name => name)),
            MaxSignalValues = Whole(settings, "max_signal_values", 1_000, 100_000_000, defaults.MaxSignalValues),
            MaxChunkValues = Whole(settings, "max_chunk_values", 1, 10_000_000, defaults.MaxChunkValues),
            BloodPressureScheme = Choice(settings, "blood_pressure_scheme", defaults.BloodPressureScheme, Schemes),
            MaxSamples = Whole(settings, "max_samples", 1, 1_000_000, defaults.MaxSamples),
            MaxImportBytes = Whole(settings, "max_import_bytes", 1_000, 1_000_000_000, defaults.MaxImportBytes),
            MaxWaveSamples = Whole(settings, "max_wave_samples", 1_000, 1_000_000_000, defaults.MaxWaveSamples),
            MaxSummarySamples = Whole(settings, "max_summary_samples", 1_000, 100_000_000, defaults.MaxSummarySamples),
            MaxChartPixels = Whole(settings, "max_chart_pixels", 40_000, 64_000_000, defaults.MaxChartPixels),
            ExportPage = Whole(settings, "export_page", 10, 10_000, defaults.ExportPage),
            AlertMaxAgeHours = Whole(settings, "alert_max_age_hours", 1, 8_760, defaults.AlertMaxAgeHours),
            AlertEscalateMinutes = Whole(settings, "alert_escalate_minutes", 0, 1_440, defaults.AlertEscalateMinutes),
            AlertUrgentEscalateMinutes = Whole(settings, "alert_urgent_escalate_minutes", 1, 60, defaults.AlertUrgentEscalateMinutes),
            AlertLevels = Whole(settings, "alert_levels", 1, 10, defaults.AlertLevels),
            MaxSnoozeHours = Whole(settings, "max_snooze_hours", 1, 168, defaults.MaxSnoozeHours),
            QueueLimit = Whole(settings, "queue_limit", 1, 10_000, defaults.QueueLimit),
        };
    }

    private static Dictionary<string, BloodPressureScheme> Schemes { get; } = new()
    {
        ["acc_aha2017"] = BloodPressureScheme.AccAha2017,
        ["esc_esh2018"] = BloodPressureScheme.EscEsh2018,
        ["esc2024"] = BloodPressureScheme.Esc2024,
    };

    private static int Whole(IReadOnlyDictionary<string, string> settings, string key, int least, int most, int otherwise)
    {
        if (!settings.TryGetValue(Section + key, out var text)) return otherwise;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{Section}{key}' must be a whole number from {least} to {most}; it is '{text}'.");
    }

    private static T Choice<T>(IReadOnlyDictionary<string, string> settings, string key, T otherwise, Dictionary<string, T> choices)
    {
        if (!settings.TryGetValue(Section + key, out var text)) return otherwise;
        return choices.TryGetValue(text, out var value)
            ? value
            : throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{Section}{key}' must be one of {string.Join(", ", choices.Keys)}; it is '{text}'.");
    }
}
