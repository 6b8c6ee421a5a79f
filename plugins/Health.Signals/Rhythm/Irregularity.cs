using EdgeHost.Plugins.Health.Signals.Ecg;

namespace EdgeHost.Plugins.Health.Signals.Rhythm;

/// <summary>
/// How irregular intervals are when ectopic beats are left out and every rule that could foretell them is allowed for. Fibrillation is irregularly irregular: no rule helps. Bigeminy, trigeminy,
/// Wenckebach's periods, premature beats and breathing are irregular by a rule, and it does.
/// </summary>
internal static class Irregularity
{
    /// <summary>Fewer intervals say nothing.</summary>
    public const int LeastIntervals = 14;

    private const int LongestPeriod = 4;
    private const int MostBeats = 201;

    // Of several ways to foretell independent intervals the best is better by chance; better than this it is in one stretch of thirty, forty intervals long (test).
    private const double OfARule = 0.6;

    /// <summary>
    /// The median relative change of intervals that follow each other, or of those next but one where it is smaller; where a rule foretells intervals much better than that, the median relative error of the rule.
    /// Null where too few intervals are usable.
    /// </summary>
    /// <param name="beats">Beats that follow each other; of more than 201, the first ones count.</param>
    /// <param name="enough">What is below this is regular enough; no rule is looked for.</param>
    public static double? Of(ReadOnlySpan<EcgBeat> beats, double enough)
    {
        Span<double> kept = stackalloc double[MostBeats];
        var count = 0;
        for (var i = 0; i < beats.Length && i < MostBeats; i++)
        {
            // Both intervals that touch an ectopic beat, or one that may be ectopic or noise, say nothing of the rhythm beneath; they are left out, and their neighbours compared.
            if (IsNoneOfRhythm(beats[i]) || (i > 0 && IsNoneOfRhythm(beats[i - 1])) || !(beats[i].IntervalMs is > 200 and < 3000)) continue;
            kept[count++] = beats[i].IntervalMs;
        }

        return count < LeastIntervals ? null : Of(kept[..count], enough);
    }

    /// <summary>The same of intervals.</summary>
    /// <param name="intervals">At least <see cref="LeastIntervals"/>, in ms.</param>
    /// <param name="enough">What is below this is regular enough.</param>
    public static double Of(ReadOnlySpan<double> intervals, double enough)
    {
        var plain = Math.Min(IntervalPrediction.ByPeriod(intervals, 1), IntervalPrediction.ByPeriod(intervals, 2));
        if (plain <= enough) return plain;
        var rule = Math.Min(IntervalPrediction.ByTheUsual(intervals), IntervalPrediction.ByLikePasts(intervals));
        for (var period = 3; period <= LongestPeriod; period++) rule = Math.Min(rule, IntervalPrediction.ByPeriod(intervals, period));
        return rule < OfARule * plain ? rule : plain;
    }

    private static bool IsNoneOfRhythm(EcgBeat beat) => beat.Kind != BeatKind.Normal;
}
