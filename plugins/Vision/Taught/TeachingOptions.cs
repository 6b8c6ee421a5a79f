namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>How much an app may teach. Each is a setting of the plugin under <c>teaching:</c>.</summary>
internal sealed class TeachingOptions
{
    /// <summary>Most classifiers of an app: 1 to 1,000, default 16.</summary>
    public int MaxClassifiers { get; init; } = 16;

    /// <summary>Most classes of a classifier: 1 to 1,000, default 50.</summary>
    public int MaxLabels { get; init; } = 50;

    /// <summary>Most pictures of a classifier: 1 to 10,000, default 500. One takes about 10 KB on the disk and in memory while it is used.</summary>
    public int MaxExamples { get; init; } = 500;

    /// <summary>Most versions of a classifier: 1 to 100, default 5. One takes about 3 KB a class.</summary>
    public int MaxVersions { get; init; } = 5;

    /// <summary>How long after the last picture a training begins: 0 to 1 hour, default 2 s.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most classifiers of all apps that wait or train: 1 to 10,000, default 64. Others are trained later.</summary>
    public int MaxTrainings { get; init; } = 64;

    /// <summary>Answers of all apps that can be corrected without their pictures: 0 to 100,000, default 256. One takes about 3 KB of memory.</summary>
    public int MaxAnswers { get; init; } = 256;

    /// <summary>For how long: 1 minute to 7 days, default 1 hour.</summary>
    public TimeSpan AnswerLifetime { get; init; } = TimeSpan.FromHours(1);

    public static TeachingOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new TeachingOptions();
        return new TeachingOptions
        {
            MaxClassifiers = SettingsReader.Integer(settings, "teaching:max_classifiers", defaults.MaxClassifiers, 1, 1000),
            MaxLabels = SettingsReader.Integer(settings, "teaching:max_labels", defaults.MaxLabels, 1, 1000),
            MaxExamples = SettingsReader.Integer(settings, "teaching:max_examples", defaults.MaxExamples, 1, 10_000),
            MaxVersions = SettingsReader.Integer(settings, "teaching:max_versions", defaults.MaxVersions, 1, 100),
            Settle = TimeSpan.FromSeconds(SettingsReader.Number(settings, "teaching:settle_seconds", (float)defaults.Settle.TotalSeconds, 0, 3600)),
            MaxTrainings = SettingsReader.Integer(settings, "teaching:max_trainings", defaults.MaxTrainings, 1, 10_000),
            MaxAnswers = SettingsReader.Integer(settings, "teaching:max_answers", defaults.MaxAnswers, 0, 100_000),
            AnswerLifetime = TimeSpan.FromMinutes(SettingsReader.Integer(settings, "teaching:answer_minutes", (int)defaults.AnswerLifetime.TotalMinutes, 1, 10_080)),
        };
    }
}
