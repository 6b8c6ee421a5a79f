using System.Numerics.Tensors;
using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Transcription.Whisper;

/// <summary>
/// The spectrum that Whisper hears (A. Radford et al., 2022, and its published code): windows of 25 ms (Hann, periodic) every 10 ms, mirrored at both ends; power; bands of
/// Slaney's mel scale with equal areas; the logarithm to base 10, at most 8 below the loudest, moved to about -1 to 1. Thread-safe.
/// </summary>
/// <param name="bands">How many bands, 80 or 128.</param>
internal sealed class LogMel(int bands)
{
    /// <summary>Samples of what a model hears at once: 30 s.</summary>
    public const int WindowSamples = 30 * AudioReader.SpeechRate;

    /// <summary>Columns of the spectrum.</summary>
    public const int Frames = WindowSamples / Hop;

    private const int Size = 400;
    private const int Hop = 160;
    private const int Bins = (Size / 2) + 1;
    private static readonly float[] Cosines = MakeWaves(Math.Cos);
    private static readonly float[] Sines = MakeWaves(Math.Sin);
    private readonly float[] _filters = MakeFilters(bands);

    /// <summary>Makes the spectrum.</summary>
    /// <param name="samples">At most <see cref="WindowSamples"/>; silence follows.</param>
    /// <param name="spectrum">Takes bands x <see cref="Frames"/> numbers, a row a band.</param>
    public void Make(ReadOnlySpan<float> samples, Span<float> spectrum)
    {
        var padded = new float[WindowSamples + Size];
        samples.CopyTo(padded.AsSpan(Size / 2));
        for (var i = 1; i <= Size / 2; i++)
        {
            padded[(Size / 2) - i] = padded[(Size / 2) + i];
            padded[^i] = padded[^(Size + 2 - i)];
        }

        Span<float> power = stackalloc float[Bins];
        var loudest = float.MinValue;
        for (var frame = 0; frame < Frames; frame++)
        {
            PowerOf(padded.AsSpan(frame * Hop, Size), power);
            for (var band = 0; band < bands; band++)
            {
                var value = MathF.Log10(Math.Max(1e-10f, TensorPrimitives.Dot(power, _filters.AsSpan(band * Bins, Bins))));
                spectrum[(band * Frames) + frame] = value;
                loudest = Math.Max(loudest, value);
            }
        }

        for (var i = 0; i < spectrum.Length; i++) spectrum[i] = (Math.Max(spectrum[i], loudest - 8) + 4) / 4;
    }

    // A plain transform: 400 is no power of two, and 30 s take a tenth of a second.
    private static void PowerOf(ReadOnlySpan<float> window, Span<float> power)
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            var real = TensorPrimitives.Dot(window, Cosines.AsSpan(bin * Size, Size));
            var imaginary = TensorPrimitives.Dot(window, Sines.AsSpan(bin * Size, Size));
            power[bin] = (real * real) + (imaginary * imaginary);
        }
    }

    private static float[] MakeWaves(Func<double, double> wave)
    {
        var waves = new float[Bins * Size];
        for (var i = 0; i < waves.Length; i++)
        {
            var (bin, at) = (i / Size, i % Size);
            var hann = 0.5 - (0.5 * Math.Cos(2 * Math.PI * at / Size));
            waves[i] = (float)(hann * wave(2 * Math.PI * bin * at / Size));
        }

        return waves;
    }

    private static float[] MakeFilters(int bands)
    {
        var edges = new double[bands + 2];
        var top = MelOf(AudioReader.SpeechRate / 2.0);
        for (var i = 0; i < edges.Length; i++) edges[i] = HertzOf(top * i / (bands + 1));
        var filters = new float[bands * Bins];
        for (var band = 0; band < bands; band++)
        {
            var (low, middle, high) = (edges[band], edges[band + 1], edges[band + 2]);
            for (var bin = 0; bin < Bins; bin++)
            {
                var hertz = (double)bin * AudioReader.SpeechRate / Size;
                var height = Math.Max(0, Math.Min((hertz - low) / (middle - low), (high - hertz) / (high - middle)));
                filters[(band * Bins) + bin] = (float)(height * 2 / (high - low));
            }
        }

        return filters;
    }

    // Slaney's scale (Auditory Toolbox, 1998): a straight line up to 1 kHz, a logarithm above.
    private static double MelOf(double hertz) => hertz < 1000 ? hertz * 3 / 200 : 15 + (27 * Math.Log(hertz / 1000) / Math.Log(6.4));

    private static double HertzOf(double mel) => mel < 15 ? mel * 200 / 3 : 1000 * Math.Exp((mel - 15) * Math.Log(6.4) / 27);
}
