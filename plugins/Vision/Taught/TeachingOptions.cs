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

    public static TeachingOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new TeachingOptions();
        return new TeachingOptions
        {
            MaxClassifiers = SettingsReader.Integer(settings, "teaching:max_classifiers", defaults.MaxClassifiers, 1, 1000),
            MaxLabels = SettingsReader.Integer(settings, "teaching:max_labels", defaults.MaxLabels, 1, 1000),
            MaxExamples = SettingsReader.Integer(settings, "teaching:max_examples", defaults.MaxExamples, 1, 10_000),
        };
    }
}
