namespace EdgeHost.Plugins.Vision.Text;

/// <summary>How text is found and read. Each is a setting of the plugin under <c>text:</c>.</summary>
internal sealed class TextOptions
{
    /// <summary>Longest side of the picture that the detector sees, in pixels: 320 to 2,560, default 960. Larger finds smaller text and costs more.</summary>
    public int DetectorSide { get; init; } = 960;

    /// <summary>Probability above which a pixel belongs to text: 0.05 to 0.95, default 0.3.</summary>
    public float PixelThreshold { get; init; } = 0.3f;

    /// <summary>Mean probability that a region needs: 0 to 1, default 0.5 (the customary 0.6 loses faint lines of photographed pages).</summary>
    public float RegionThreshold { get; init; } = 0.5f;

    /// <summary>How far regions grow, because the detector is trained on shrunken ones: 0 to 4, default 1.5.</summary>
    public float Growth { get; init; } = 1.5f;

    /// <summary>Confidence below which a line is dropped: 0 to 1, default 0.5.</summary>
    public float MinConfidence { get; init; } = 0.5f;

    /// <summary>
    /// Suspicion above which a line is also read on its head, the surer reading counting: 0 to 1, default 0.5. Lower finds more and reads more lines twice.
    /// </summary>
    public float FlipThreshold { get; init; } = 0.5f;

    /// <summary>Most regions read of one picture, the surest first: 1 to 10,000, default 1,000.</summary>
    public int MaxRegions { get; init; } = 1_000;

    /// <summary>Most lines read in one run: 1 to 64, default 8.</summary>
    public int MaxBatch { get; init; } = 8;

    public static TextOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new TextOptions();
        return new TextOptions
        {
            DetectorSide = SettingsReader.Integer(settings, "text:detector_side", defaults.DetectorSide, 320, 2_560),
            PixelThreshold = SettingsReader.Number(settings, "text:pixel_threshold", defaults.PixelThreshold, 0.05f, 0.95f),
            RegionThreshold = SettingsReader.Number(settings, "text:region_threshold", defaults.RegionThreshold, 0, 1),
            Growth = SettingsReader.Number(settings, "text:growth", defaults.Growth, 0, 4),
            MinConfidence = SettingsReader.Number(settings, "text:min_confidence", defaults.MinConfidence, 0, 1),
            FlipThreshold = SettingsReader.Number(settings, "text:flip_threshold", defaults.FlipThreshold, 0, 1),
            MaxRegions = SettingsReader.Integer(settings, "text:max_regions", defaults.MaxRegions, 1, 10_000),
            MaxBatch = SettingsReader.Integer(settings, "text:max_batch", defaults.MaxBatch, 1, 64),
        };
    }
}
