using System.Numerics;

namespace EdgeHost.Plugins.Health.Signals.Filtering;

/// <summary>
/// A finite filter of odd length around its centre, either even (a band-pass without phase shift) or odd (a derivative). Because it is
/// symmetric, its output belongs to the input's own instant: no beat moves. Immutable.
/// </summary>
internal sealed class FirKernel
{
    // _taps[k] weighs the samples at distance k on both sides; _taps[0] is the centre.
    private readonly float[] _taps;
    private readonly bool _odd;

    private FirKernel(float[] taps, bool odd)
    {
        _taps = taps;
        _odd = odd;
    }

    /// <summary>How many samples before and after an instant its output depends on.</summary>
    public int Reach => _taps.Length - 1;

    /// <summary>A windowed-sinc band-pass (Hamming) with no response at 0 Hz and a gain of 1 in the middle of the band.</summary>
    /// <param name="lowHz">Lower edge, where the gain is about a half.</param>
    /// <param name="highHz">Upper edge; below half the rate.</param>
    /// <param name="rateHz">Samples a second.</param>
    /// <param name="reachSeconds">Half the filter's length; the edges are about 1.7 / reach Hz wide.</param>
    public static FirKernel BandPass(double lowHz, double highHz, double rateHz, double reachSeconds)
    {
        var reach = Math.Max(2, (int)Math.Round(reachSeconds * rateHz));
        var (low, high) = (lowHz / rateHz, highHz / rateHz);
        var taps = new double[reach + 1];
        var window = new double[reach + 1];
        for (var k = 0; k <= reach; k++)
        {
            window[k] = 0.54 + (0.46 * Math.Cos(Math.PI * k / (reach + 1)));
            var ideal = k == 0 ? 2 * (high - low) : (Math.Sin(2 * Math.PI * high * k) - Math.Sin(2 * Math.PI * low * k)) / (Math.PI * k);
            taps[k] = ideal * window[k];
        }

        // What the window lets through of a constant is taken out in the window's own shape, so that wander and offset vanish exactly.
        var share = Sum(taps, 0) / Sum(window, 0);
        for (var k = 0; k <= reach; k++) taps[k] -= share * window[k];
        var gain = Sum(taps, Math.PI * (low + high));
        return new FirKernel([.. taps.Select(tap => (float)(tap / gain))], odd: false);
    }

    /// <summary>This filter followed by a central difference, scaled so that a sine of <paramref name="unitHz"/> keeps its height.</summary>
    public FirKernel Derivative(double unitHz, double rateHz)
    {
        double At(int k) => k < 0 ? _taps[-k] : k < _taps.Length ? _taps[k] : 0;
        var scale = 1 / (2 * Math.Sin(2 * Math.PI * unitHz / rateHz));
        var taps = new float[_taps.Length + 1];
        for (var k = 1; k < taps.Length; k++) taps[k] = (float)((At(k - 1) - At(k + 1)) * scale);
        return new FirKernel(taps, odd: true);
    }

    /// <summary>
    /// Filters. Every output is summed in the same order whatever the length of the call or the width of the machine's vectors, so that a
    /// signal in pieces gives the bits of the signal in one.
    /// </summary>
    /// <param name="input">The outputs' samples with <see cref="Reach"/> more before and after.</param>
    /// <param name="output">Two <see cref="Reach"/> shorter than the input.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output)
    {
        var at = 0;
        for (; at + Vector<float>.Count <= output.Length; at += Vector<float>.Count)
        {
            var centre = at + Reach;
            var sum = new Vector<float>(input[centre..]) * _taps[0];
            for (var k = 1; k < _taps.Length; k++)
            {
                var (after, before) = (new Vector<float>(input[(centre + k)..]), new Vector<float>(input[(centre - k)..]));
                sum += (_odd ? after - before : after + before) * _taps[k];
            }

            sum.CopyTo(output[at..]);
        }

        for (; at < output.Length; at++)
        {
            var centre = at + Reach;
            var sum = input[centre] * _taps[0];
            for (var k = 1; k < _taps.Length; k++)
            {
                var (after, before) = (input[centre + k], input[centre - k]);
                sum += (_odd ? after - before : after + before) * _taps[k];
            }

            output[at] = sum;
        }
    }

    /// <summary>Filters a whole stretch, which holds its first value before its start and its last one after its end; as long as the input.</summary>
    public float[] ApplyHeld(ReadOnlySpan<float> input)
    {
        if (input.IsEmpty) return [];
        var padded = new float[input.Length + (2 * Reach)];
        padded.AsSpan(0, Reach).Fill(input[0]);
        input.CopyTo(padded.AsSpan(Reach));
        padded.AsSpan(Reach + input.Length).Fill(input[^1]);
        var output = new float[input.Length];
        Apply(padded, output);
        return output;
    }

    private static double Sum(double[] taps, double radians)
    {
        var sum = taps[0];
        for (var k = 1; k < taps.Length; k++) sum += 2 * taps[k] * Math.Cos(radians * k);
        return sum;
    }
}
