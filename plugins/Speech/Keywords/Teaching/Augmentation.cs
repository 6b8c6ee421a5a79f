using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>Makes other takes of a recording: faster and slower, louder and softer, in noise, at other places of a hop. The same seed gives the same takes. No state.</summary>
internal static class Augmentation
{
    private const int TailSamples = AudioReader.SpeechRate / 2;

    /// <summary>The recording itself, with silence after it.</summary>
    public static TaughtRecording Plain(TaughtRecording recording) => recording with { Samples = [.. recording.Samples, .. new float[TailSamples]] };

    /// <summary>Another take.</summary>
    /// <param name="recording">What is said.</param>
    /// <param name="random">Gives how.</param>
    public static TaughtRecording Vary(TaughtRecording recording, Random random)
    {
        var speed = 0.92 + (0.16 * random.NextDouble());
        var lead = random.Next(0, AudioReader.SpeechRate / 2);
        var peak = Math.Max(0.001f, recording.Samples.Max(Math.Abs));
        var gain = Decibels(-(1 + (25 * random.NextDouble()))) / peak;
        var noise = gain * peak * Decibels(-(15 + (40 * random.NextDouble())));
        var length = (int)(recording.Samples.Length / speed);
        var samples = new float[lead + length + TailSamples];
        for (var i = 0; i < samples.Length; i++)
        {
            var at = (i - lead) * speed;
            samples[i] = (gain * At(recording.Samples, at)) + (noise * ((random.NextSingle() * 2) - 1));
        }

        return new TaughtRecording(samples, lead + (int)(recording.WordStart / speed), lead + (int)(recording.WordEnd / speed));
    }

    // Between two samples a straight line: for a change of a few percent no worse than a microphone.
    private static float At(float[] samples, double at)
    {
        var before = (int)Math.Floor(at);
        if (before < 0 || before + 1 >= samples.Length) return 0;
        var share = (float)(at - before);
        return samples[before] + (share * (samples[before + 1] - samples[before]));
    }

    private static float Decibels(double level) => (float)Math.Pow(10, level / 20);
}
