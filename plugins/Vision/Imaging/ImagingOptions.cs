namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>Limits of picture decoding. Each is a setting of the plugin under <c>imaging:</c>.</summary>
internal sealed class ImagingOptions
{
    public const int MaxPixelsUpperBound = 500_000_000;

    /// <summary>Most pixels of a picture, read from its header before anything is decoded: 1 to 500 million, default 50 million (200 MB decoded).</summary>
    public int MaxPixels { get; init; } = 50_000_000;

    /// <summary>Longest side of a picture in pixels: 1 to 65,535, default 16,384.</summary>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>Most bytes of an encoded picture: 1 byte to 1 GiB, default 64 MiB.</summary>
    public int MaxEncodedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Pictures decoded at the same time: 1 to 64, default the number of processors. Further calls wait in order of arrival.</summary>
    public int MaxConcurrentDecodes { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Bytes of pixel memory kept for the next call: 0 to 1 GiB, default 16 MiB. What exceeds it goes back to the system at once.</summary>
    public int RetainedBytes { get; init; } = 16 * 1024 * 1024;

    public static ImagingOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new ImagingOptions();
        const int gibibyte = 1 << 30;
        return new ImagingOptions
        {
            MaxPixels = SettingsReader.Integer(settings, "imaging:max_pixels", defaults.MaxPixels, 1, MaxPixelsUpperBound),
            MaxSide = SettingsReader.Integer(settings, "imaging:max_side", defaults.MaxSide, 1, 65_535),
            MaxEncodedBytes = SettingsReader.Integer(settings, "imaging:max_encoded_bytes", defaults.MaxEncodedBytes, 1, gibibyte),
            MaxConcurrentDecodes = SettingsReader.Integer(settings, "imaging:max_concurrent_decodes", defaults.MaxConcurrentDecodes, 1, 64),
            RetainedBytes = SettingsReader.Integer(settings, "imaging:retained_bytes", defaults.RetainedBytes, 0, gibibyte),
        };
    }
}
