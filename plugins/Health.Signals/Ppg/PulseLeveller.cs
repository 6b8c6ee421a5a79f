using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>
/// Takes the baseline and fast noise out of a stretch (0.5 to 8 Hz stay) and makes it equally high everywhere, so that a movement of a few seconds does not drown the pulses around it.
/// </summary>
internal sealed class PulseLeveller
{
    private const int Around = (int)(1.5 * FrameResampler.RateHz);

    private readonly FirKernel _band = FirKernel.BandPass(0.5, 8, FrameResampler.RateHz, 1.5);

    /// <summary>The levelled stretch; one that does not change at all stays zero.</summary>
    public float[] Level(ReadOnlySpan<float> signal)
    {
        var wave = _band.ApplyHeld(signal);
        var squares = new double[wave.Length + 1];
        for (var i = 0; i < wave.Length; i++) squares[i + 1] = squares[i] + (wave[i] * (double)wave[i]);
        var floor = Math.Sqrt(squares[^1] / Math.Max(1, wave.Length)) * 1e-3;
        // What filters leave of a constant is no signal.
        if (floor < 1e-9 * Math.Max(1, Largest(signal))) return new float[wave.Length];
        var levelled = new float[wave.Length];
        for (var i = 0; i < wave.Length; i++)
        {
            var (first, last) = (Math.Max(0, i - Around), Math.Min(wave.Length, i + Around + 1));
            levelled[i] = (float)(wave[i] / (floor + Math.Sqrt(Math.Max(0, squares[last] - squares[first]) / (last - first))));
        }

        return levelled;
    }

    private static double Largest(ReadOnlySpan<float> signal)
    {
        var largest = 0f;
        foreach (var value in signal) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
