using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.Plugins.Speech.Keywords.Teaching;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Training;

/// <summary>Makes the file of speech without keywords: sentences in many voices, recordings of people, and noise. The same seed gives the same file on the same machine.</summary>
internal static class NegativeMaker
{
    private const int Seed = 20261127;
    private const double TrackSeconds = 60;

    // Numbers of voices, after those of the recordings.
    private const int FirstSpoken = 1000;
    private const int Noises = 2000;

    /// <summary>Makes it.</summary>
    /// <param name="output">The file.</param>
    /// <param name="texts">A folder of Markdown files.</param>
    /// <param name="recordings">A folder of WAV and FLAC files that may be passed on; each is a voice of its own.</param>
    /// <param name="minutes">How much is spoken.</param>
    public static async Task MakeAsync(string output, string texts, string recordings, double minutes)
    {
        using var models = await RealModels.OpenAsync("Speech:oww-").ConfigureAwait(false);
        var (sentences, tracks, next) = (Sentences.Read(texts, Seed), new List<(int Voice, float[] Vectors)>(), 0);
        Console.WriteLine($"{sentences.Count} sentences");
        foreach (var path in Directory.EnumerateFiles(recordings).Where(static path => Path.GetExtension(path) is ".wav" or ".flac").Order(StringComparer.Ordinal))
        {
            tracks.Add((tracks.Count, await EmbedAsync(models.Provider, Sound.Read(path)).ConfigureAwait(false)));
        }

        var count = (int)Math.Ceiling(minutes * 60 / TrackSeconds);
        for (var track = 0; track < count; track++)
        {
            var random = new Random(HashCode(track));
            var voice = Voice.All[track % Voice.All.Count];
            var samples = new List<float>();
            while (samples.Count < TrackSeconds * AudioReader.SpeechRate)
            {
                samples.AddRange(new float[random.Next(AudioReader.SpeechRate / 10, AudioReader.SpeechRate)]);
                samples.AddRange(await voice.SpeakAsync(sentences[next++ % sentences.Count], random).ConfigureAwait(false));
            }

            tracks.Add((FirstSpoken + voice.Person, await EmbedAsync(models.Provider, Mix(samples, random)).ConfigureAwait(false)));
            Console.WriteLine($"{track + 1} of {count}: {voice}");
        }

        foreach (var level in new[] { 0f, 0.003f, 0.03f, 0.3f }) tracks.Add((Noises, await EmbedAsync(models.Provider, Noise(level, 20, new Random(Seed))).ConfigureAwait(false)));
        var file = NegativeTracks.Write(tracks);
        await File.WriteAllBytesAsync(output, file).ConfigureAwait(false);
        Console.WriteLine($"{file.Length} bytes, {NegativeTracks.Read(file).Vectors * 0.08 / 3600:0.00} h");
    }

    private static int HashCode(int track) => unchecked((Seed * 31) + track);

    // A room is never silent, and nobody is always as near.
    private static float[] Mix(List<float> samples, Random random)
    {
        var peak = samples.Max(Math.Abs);
        var gain = (float)Math.Pow(10, -((random.NextDouble() * 18) + 3) / 20) / Math.Max(peak, 0.01f);
        var noise = gain * peak * (float)Math.Pow(10, -((random.NextDouble() * 35) + 20) / 20);
        return [.. samples.Select(sample => (sample * gain) + (noise * ((random.NextSingle() * 2) - 1)))];
    }

    private static float[] Noise(float level, int seconds, Random random)
        => [.. Enumerable.Range(0, seconds * AudioReader.SpeechRate).Select(_ => level * ((random.NextSingle() * 2) - 1))];

    private static async Task<float[]> EmbedAsync(IModelProvider models, float[] samples)
    {
        using var features = await KeywordFeatures.CreateAsync(models, CancellationToken.None).ConfigureAwait(false);
        var hops = samples.Length / KeywordFeatures.HopSamples;
        var vectors = new float[hops * KeywordFeatures.Width];
        for (var hop = 0; hop < hops; hop++)
        {
            await features.HearAsync(
                samples.AsMemory(hop * KeywordFeatures.HopSamples, KeywordFeatures.HopSamples), vectors.AsMemory(hop * KeywordFeatures.Width, KeywordFeatures.Width), CancellationToken.None).ConfigureAwait(false);
        }

        return vectors;
    }
}
