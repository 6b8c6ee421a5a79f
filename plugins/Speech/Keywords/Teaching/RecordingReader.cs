using System.Numerics.Tensors;
using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>Reads recordings to learn from, and says which one is no good and why. No state.</summary>
internal static class RecordingReader
{
    private const double Shortest = 0.3;
    private const double Longest = 5;
    private const double LongestNegative = 30;
    private const float Silence = 0.003f;
    private const float Speech = 0.5f;
    private const float StillSpeech = 0.35f;
    private const int LeastWindows = 4;
    private const int BlockSamples = 4096;

    /// <summary>Reads a recording of the keyword.</summary>
    /// <param name="audio">A WAV or FLAC file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="models">Where the model of voice activity comes from.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it cannot be read, is too short, too long, silent, or nobody speaks in it.</exception>
    public static async ValueTask<TaughtRecording> ReadAsync(ReadOnlyMemory<byte> audio, string name, IModelProvider models, CancellationToken cancellationToken)
    {
        var samples = Read(audio, name, Longest);
        using var detector = await SpeechDetector.CreateAsync(models, cancellationToken).ConfigureAwait(false);
        var window = new float[Endpointer.WindowSamples];
        var (first, last, count) = (-1, -1, 0);

        // A window of silence on both sides: what begins or ends at once is speech too.
        var windows = (samples.Length / window.Length) + 2;
        for (var i = 0; i < windows; i++)
        {
            Array.Clear(window);
            var from = (i - 1) * window.Length;
            var taken = Math.Clamp(samples.Length - Math.Max(0, from), 0, window.Length);
            if (from >= 0) samples.AsSpan(from, taken).CopyTo(window);
            var probability = await detector.JudgeAsync(window, cancellationToken).ConfigureAwait(false);
            if (probability >= Speech)
            {
                count++;
                if (first < 0) first = i;
            }

            if (first >= 0 && probability >= StillSpeech) last = i;
        }

        if (count < LeastWindows) throw Wrong(name, "contains no speech; say the keyword once, near the microphone");
        return new TaughtRecording(samples, Math.Clamp((first - 1) * window.Length, 0, samples.Length), Math.Clamp(last * window.Length, 0, samples.Length));
    }

    /// <summary>Reads a recording without the keyword.</summary>
    /// <param name="audio">A WAV or FLAC file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it cannot be read, is too short, too long or silent.</exception>
    public static float[] ReadNegative(ReadOnlyMemory<byte> audio, string name) => Read(audio, name, LongestNegative);

    private static float[] Read(ReadOnlyMemory<byte> audio, string name, double longest)
    {
        var samples = new List<float>();
        try
        {
            var (source, block) = (AudioReader.Open(audio, format: null, sampleRate: null, channels: null), new float[BlockSamples]);
            while (source.Read(block) is > 0 and var count)
            {
                samples.AddRange(block.AsSpan(0, count));
                if (samples.Count > longest * AudioReader.SpeechRate) throw Wrong(name, $"is longer than {longest} s; cut it");
            }
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument && !e.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"{name} cannot be read: {e.Message}", e);
        }

        float[] read = [.. samples];
        if (read.Length < Shortest * AudioReader.SpeechRate) throw Wrong(name, $"is shorter than {Shortest} s");
        var offset = TensorPrimitives.Sum<float>(read) / read.Length;
        TensorPrimitives.Subtract(read, offset, read);
        return TensorPrimitives.MaxMagnitude<float>(read) is var peak && Math.Abs(peak) < Silence ? throw Wrong(name, "is silent; look at the microphone") : read;
    }

    private static EdgeHostException Wrong(string name, string problem) => new(ErrorCode.InvalidArgument, $"{name} {problem}.");
}
