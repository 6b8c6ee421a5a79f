namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>
/// The phases of a low-pass filter for a change of sample rate: a sinc under a Kaiser window (J. F. Kaiser and R. W. Schafer, IEEE Trans. ASSP 28, 1980). What is more than
/// 80 dB down would otherwise be heard at a wrong pitch: everything from half the lower rate on. Flat to within 0.1 dB up to 92 % of that. Immutable.
/// </summary>
internal sealed class FilterBank
{
    private const int Crossings = 64;
    private const double Attenuation = 80;
    private const int MostPhases = 1024;

    private readonly float[] _taps;

    /// <summary>Makes the filter.</summary>
    /// <param name="up">Samples out for <paramref name="down"/> samples in; no common divisor.</param>
    /// <param name="down">Samples in.</param>
    public FilterBank(int up, int down)
    {
        (Phases, IsExact) = up <= MostPhases ? (up, true) : (MostPhases, false);
        var scale = Math.Max(1.0, (double)down / up);
        Half = (int)Math.Ceiling(Crossings * scale);
        Length = 2 * Half;

        // Width of the transition by Kaiser's formula; the cut-off lies so that it ends at half the lower rate.
        var transition = (Attenuation - 7.95) / (14.36 * 2 * Crossings);
        var cutOff = (1 - transition) / scale;
        var beta = 0.1102 * (Attenuation - 8.7);
        _taps = new float[(Phases + 1) * Length];
        for (var phase = 0; phase <= Phases; phase++) Fill(_taps.AsSpan(phase * Length, Length), (double)phase / Phases, cutOff, beta);
    }

    /// <summary>How many places between two samples there are.</summary>
    public int Phases { get; }

    /// <summary>Whether every output lies on one of them; otherwise between two.</summary>
    public bool IsExact { get; }

    /// <summary>Samples before, and as many after, that an output is made of.</summary>
    public int Half { get; }

    /// <summary>Samples that an output is made of.</summary>
    public int Length { get; }

    /// <summary>The weights of a phase, for the samples from Half - 1 before the output's place on.</summary>
    /// <param name="phase">0 to <see cref="Phases"/>.</param>
    public ReadOnlySpan<float> this[int phase] => _taps.AsSpan(phase * Length, Length);

    private void Fill(Span<float> taps, double offset, double cutOff, double beta)
    {
        var sum = 0.0;
        Span<double> exact = Length <= 1024 ? stackalloc double[Length] : new double[Length];
        for (var i = 0; i < Length; i++)
        {
            var x = i - (Half - 1) - offset;
            var inside = 1 - (x / Half * (x / Half));
            exact[i] = inside <= 0 ? 0 : Sinc(cutOff * x) * Bessel(beta * Math.Sqrt(inside));
            sum += exact[i];
        }

        // Each phase by itself has a gain of 1 for what does not change, so that silence with an offset stays what it is.
        for (var i = 0; i < Length; i++) taps[i] = (float)(exact[i] / sum);
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    // The modified Bessel function of order 0, by its series.
    private static double Bessel(double x)
    {
        var (sum, term, half) = (1.0, 1.0, x / 2);
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= half / k * (half / k);
            sum += term;
        }

        return sum;
    }
}
