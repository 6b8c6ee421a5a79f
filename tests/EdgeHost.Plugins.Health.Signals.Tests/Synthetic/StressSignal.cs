namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>
/// A clean signal with noise in stretches of two minutes, between clean ones of two minutes, as the MIT-BIH noise stress test has them (Moody, Muldrow and Mark 1984, Computers in Cardiology 11:381).
/// The ratio is that of nstdbgen: the power of the signal is an eighth of the square of the mean peak-to-peak height of normal complexes (100 ms, the first 300, without the outer 5 % on each
/// side); that of the noise is the square of the mean root mean square of seconds (the first 300, without their means and without the outer 5 %).
/// </summary>
internal static class StressSignal
{
    public const double StretchSeconds = 120;

    /// <summary>Adds noise.</summary>
    /// <param name="clean">The signal, in mV.</param>
    /// <param name="rateHz">Samples a second of both.</param>
    /// <param name="normals">Samples of normal beats.</param>
    /// <param name="noise">As long as the signal.</param>
    /// <param name="decibels">The ratio of signal and noise.</param>
    /// <param name="leadInSeconds">How long it stays clean at first.</param>
    public static float[] Add(float[] clean, double rateHz, IReadOnlyList<long> normals, float[] noise, double decibels, double leadInSeconds)
    {
        var gain = (float)Math.Sqrt(PowerOfSignal(clean, rateHz, normals) / (PowerOfNoise(noise, rateHz) * Math.Pow(10, decibels / 10)));
        return [.. clean.Select((value, i) => IsNoisy(i, rateHz, leadInSeconds) ? value + (gain * noise[i]) : value)];
    }

    public static bool IsNoisy(long sample, double rateHz, double leadInSeconds)
        => (sample / rateHz) - leadInSeconds is >= 0 and var since && (int)(since / StretchSeconds) % 2 == 0;

    /// <summary>The clean stretches (start, end), whose beats do not count.</summary>
    public static IReadOnlyList<(long Start, long End)> Clean(long samples, double rateHz, double leadInSeconds)
    {
        var clean = new List<(long, long)> { (0, (long)(leadInSeconds * rateHz)) };
        for (var start = leadInSeconds + StretchSeconds; start * rateHz < samples; start += 2 * StretchSeconds)
            clean.Add(((long)(start * rateHz), (long)((start + StretchSeconds) * rateHz)));
        return clean;
    }

    public static double PowerOfSignal(float[] signal, double rateHz, IReadOnlyList<long> normals)
    {
        var reach = (int)(0.05 * rateHz);
        var heights = normals.Where(at => at >= reach && at + reach < signal.Length).Take(300).Select(at => signal.AsSpan((int)at - reach, (2 * reach) + 1).ToArray())
            .Select(piece => (double)piece.Max() - piece.Min());
        return Math.Pow(Trimmed(heights), 2) / 8;
    }

    public static double PowerOfNoise(float[] noise, double rateHz)
    {
        var second = (int)rateHz;
        var roots = Enumerable.Range(0, Math.Min(300, noise.Length / second)).Select(i => noise.AsSpan(i * second, second).ToArray()).Select(piece =>
        {
            var mean = piece.Average();
            return Math.Sqrt(piece.Average(value => (value - mean) * (double)(value - mean)));
        });
        return Math.Pow(Trimmed(roots), 2);
    }

    private static double Trimmed(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var cut = sorted.Count / 20;
        return sorted.Skip(cut).Take(sorted.Count - (2 * cut)).Average();
    }
}
