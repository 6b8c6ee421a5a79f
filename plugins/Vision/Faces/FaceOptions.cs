namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>When a detection counts as a face. Each is a setting of the plugin under <c>faces:</c>.</summary>
internal sealed class FaceOptions
{
    /// <summary>Confidence a face of the far-range network needs: 0.3 to 0.99, default 0.75 (at 0.7 it takes dogs and cups for people).</summary>
    public float FarThreshold { get; init; } = 0.75f;

    /// <summary>Confidence a face of the near-range network needs: 0.3 to 0.99, default 0.8.</summary>
    public float NearThreshold { get; init; } = 0.8f;

    public static FaceOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new FaceOptions();
        return new FaceOptions
        {
            FarThreshold = SettingsReader.Number(settings, "faces:far_threshold", defaults.FarThreshold, 0.3f, 0.99f),
            NearThreshold = SettingsReader.Number(settings, "faces:near_threshold", defaults.NearThreshold, 0.3f, 0.99f),
        };
    }
}
