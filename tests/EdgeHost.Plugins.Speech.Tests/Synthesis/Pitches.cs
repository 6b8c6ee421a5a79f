using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Tests.Synthesis;

/// <summary>How high a voice is.</summary>
internal static class Pitches
{
    private const int Window = 1024;

    /// <summary>The median of the fundamental frequency over what is voiced, by autocorrelation, in Hz.</summary>
    /// <param name="wav">A WAV file.</param>
    public static double MedianOf(ReadOnlyMemory<byte> wav)
    {
        var samples = TestSounds.ReadAll(AudioReader.Open(wav, format: null, sampleRate: null, channels: null));
        var (least, most) = (AudioReader.SpeechRate / 350, AudioReader.SpeechRate / 60);
        var found = new List<double>();
        for (var at = 0; at + Window + most < samples.Length; at += Window)
        {
            var energy = Correlate(samples, at, 0);
            if (energy < Window * 0.002) continue;
            var best = Enumerable.Range(least, most - least).MaxBy(lag => Correlate(samples, at, lag));
            if (Correlate(samples, at, best) > 0.5 * energy) found.Add((double)AudioReader.SpeechRate / best);
        }

        found.Sort();
        return found[found.Count / 2];
    }

    private static double Correlate(float[] samples, int at, int lag)
    {
        var sum = 0.0;
        for (var i = at; i < at + Window; i++) sum += samples[i] * samples[i + lag];
        return sum;
    }
}
