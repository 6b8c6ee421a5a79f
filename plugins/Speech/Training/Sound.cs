using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Training;

/// <summary>Reads sounds whole.</summary>
internal static class Sound
{
    /// <summary>Reads a file as 16,000 samples a second.</summary>
    public static float[] Read(string path)
    {
        var source = AudioReader.Open(File.ReadAllBytes(path), format: null, sampleRate: null, channels: null);
        var (samples, block) = (new List<float>(), new float[4096]);
        while (source.Read(block) is > 0 and var count) samples.AddRange(block.AsSpan(0, count));
        return [.. samples];
    }
}
