using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>Finds pulses in a stretch of one channel around a known rate: the steepest point of each upstroke.</summary>
internal static class PulseFinder
{
    private const double LeastShareOfUsual = 0.4;
    private const double LeastSpacing = 0.55;
    private const double MissedShareOfUsual = 0.1;
    private const double MissedAfter = 1.5;

    /// <summary>What was found.</summary>
    /// <param name="Pulses">Positions of pulses, in samples with fractions, ascending, each with its correlation with their mean (1 where the stretch cuts it).</param>
    /// <param name="Falling">Whether upstrokes go down, as in the light that a camera sees.</param>
    /// <param name="Likeness">The mean correlation of pulses with their mean.</param>
    public readonly record struct Found(IReadOnlyList<(double At, double Likeness)> Pulses, bool Falling, double Likeness);

    /// <param name="signal">The channel.</param>
    /// <param name="rateHz">The dominant rate.</param>
    /// <param name="falling">Which way upstrokes went before, or null.</param>
    public static Found Find(ReadOnlySpan<float> signal, double rateHz, bool? falling)
    {
        const double sampleRate = FrameResampler.RateHz;

        var kernel = FirKernel.BandPass(0.5 * rateHz, Math.Min(3 * rateHz, 12), sampleRate, 1.2 / rateHz);
        var wave = kernel.ApplyHeld(signal);
        var slope = kernel.Derivative(rateHz, sampleRate).ApplyHeld(signal);
        var (rising, descending) = (Peaks(slope, 1, rateHz), Peaks(slope, -1, rateHz));
        // Blood comes faster than it goes: the steeper side is the upstroke. Once known, only a clear difference changes it.
        var ratio = Usual(descending) / Math.Max(1e-12, Usual(rising));
        var down = falling is { } known ? (known ? ratio > 0.8 : ratio > 1.25) : ratio > 1;
        var peaks = down ? descending : rising;
        var likenesses = Likenesses(wave, peaks, sampleRate / rateHz);
        var whole = likenesses.OfType<double>().ToList();
        return new Found([.. peaks.Select((peak, i) => (peak.At, likenesses[i] ?? 1))], down, whole.Count < 3 ? 0 : whole.Average());
    }

    private static double Usual(List<(double At, double Height)> peaks) => Order.Median(peaks.Select(peak => peak.Height));

    private static List<(double At, double Height)> Peaks(float[] slope, int sign, double rateHz)
    {
        var all = new List<(double At, double Height)>();
        for (var i = 1; i + 1 < slope.Length; i++)
        {
            double before = sign * slope[i - 1], here = sign * slope[i], after = sign * slope[i + 1];
            if (here <= 0 || before >= here || after > here) continue;
            // The top of the parabola through the three samples.
            var bend = before - (2 * here) + after;
            all.Add((i + (bend < 0 ? 0.5 * (before - after) / bend : 0), here));
        }

        if (all.Count == 0) return all;
        // The usual height is that of the tallest of each beat's time, over some seconds around.
        var beat = FrameResampler.RateHz / rateHz;
        var tallest = all.GroupBy(peak => (int)(peak.At / (1.3 * beat))).Select(group => group.MaxBy(peak => peak.Height)).ToList();
        double UsualAt(double at) => Order.Median(tallest.Where(peak => Math.Abs(peak.At - at) < 5 * beat).Select(peak => peak.Height));
        var kept = new List<(double At, double Height)>();
        foreach (var peak in all.Where(peak => peak.Height >= LeastShareOfUsual * UsualAt(peak.At)))
        {
            if (kept.Count > 0 && peak.At - kept[^1].At < LeastSpacing * beat)
            {
                if (peak.Height > kept[^1].Height) kept[^1] = peak;
                continue;
            }

            kept.Add(peak);
        }

        AddMissed(kept, all, beat, UsualAt);
        return kept;
    }

    // A weak pulse between two others is one where the gap has room for it; the band has left little else there.
    private static void AddMissed(List<(double At, double Height)> kept, List<(double At, double Height)> all, double beat, Func<double, double> usualAt)
    {
        for (var i = 0; i + 1 < kept.Count;)
        {
            var (from, to) = (kept[i].At + (LeastSpacing * beat), kept[i + 1].At - (LeastSpacing * beat));
            var inside = kept[i + 1].At - kept[i].At > MissedAfter * beat
                ? all.Where(peak => peak.At > from && peak.At < to && peak.Height >= MissedShareOfUsual * usualAt(peak.At)).ToList()
                : [];
            if (inside.Count == 0) i++;
            else kept.Insert(i + 1, inside.MaxBy(peak => peak.Height));
        }
    }

    private static double?[] Likenesses(float[] wave, List<(double At, double Height)> peaks, double period)
    {
        var (before, after) = ((int)(0.35 * period), (int)(0.5 * period));
        var pieces = peaks.Select(peak => peak.At - before >= 0 && peak.At + after + 1 < wave.Length
            ? wave.AsSpan((int)Math.Round(peak.At) - before, before + after).ToArray() : null).ToList();
        var mean = new float[before + after];
        foreach (var piece in pieces.OfType<float[]>())
        {
            for (var i = 0; i < mean.Length; i++) mean[i] += piece[i];
        }

        return [.. pieces.Select(piece => piece is null ? (double?)null : Correlation(piece, mean))];
    }

    private static double Correlation(float[] left, float[] right)
    {
        var (leftMean, rightMean) = (left.Average(), right.Average());
        double product = 0, leftSquare = 0, rightSquare = 0;
        for (var i = 0; i < left.Length; i++)
        {
            var (a, b) = (left[i] - leftMean, right[i] - rightMean);
            product += a * b;
            leftSquare += a * a;
            rightSquare += b * b;
        }

        var norm = Math.Sqrt(leftSquare * rightSquare);
        return norm > 0 ? product / norm : 0;
    }
}
