using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Rhythm;

/// <summary>How irregular intervals are when ectopic beats are left out: medians of the relative changes between intervals that follow each other, and between next but one.</summary>
internal static class Irregularity
{
    private const int LeastChanges = 12;
    private const int MostBeats = 201;

    /// <summary>The smaller of the two medians; null where too few intervals are usable.</summary>
    /// <remarks>Bigeminy changes every interval but repeats every other one; breathing changes slowly. Fibrillation does both.</remarks>
    public static double? Of(ReadOnlySpan<EcgBeat> beats)
    {
        Span<double> first = stackalloc double[MostBeats];
        Span<double> second = stackalloc double[MostBeats];
        var (firsts, seconds) = (0, 0);
        var (before, twoBefore) = (double.NaN, double.NaN);
        for (var i = 0; i < beats.Length && i < MostBeats; i++)
        {
            // Both intervals that touch an ectopic beat, or one that may be ectopic or noise, say nothing of the rhythm beneath; they are left out, and their neighbours compared.
            if (IsNoneOfRhythm(beats[i]) || (i > 0 && IsNoneOfRhythm(beats[i - 1])) || !(beats[i].IntervalMs is > 200 and < 3000)) continue;
            var interval = beats[i].IntervalMs;
            if (double.IsFinite(before)) first[firsts++] = Math.Abs(interval - before) / ((interval + before) / 2);
            if (double.IsFinite(twoBefore)) second[seconds++] = Math.Abs(interval - twoBefore) / ((interval + twoBefore) / 2);
            (twoBefore, before) = (before, interval);
        }

        return seconds < LeastChanges ? null : Math.Min(Median(first[..firsts]), Median(second[..seconds]));
    }

    private static double Median(Span<double> values)
    {
        values.Sort();
        return Order.MedianOfSorted(values);
    }

    private static bool IsNoneOfRhythm(EcgBeat beat) => beat.Kind != BeatKind.Normal;
}
