namespace EdgeHost.Plugins.Health.Signals.Scoring;

/// <summary>How well stretches of time match a reference, by their duration in samples. Scores of records add up.</summary>
/// <param name="Both">Time in both.</param>
/// <param name="ReferenceOnly">Time that was missed.</param>
/// <param name="FoundOnly">Time that was said wrongly.</param>
/// <param name="Neither">Time in neither.</param>
public readonly record struct DurationScore(long Both, long ReferenceOnly, long FoundOnly, long Neither)
{
    /// <summary>Share of the reference's time that was found; NaN without any.</summary>
    public double Sensitivity => Both / (double)(Both + ReferenceOnly);

    /// <summary>Share of the found time that is right; NaN without any.</summary>
    public double PositivePredictivity => Both / (double)(Both + FoundOnly);

    /// <summary>Share of the other time that was left alone; NaN without any.</summary>
    public double Specificity => Neither / (double)(Neither + FoundOnly);

    /// <summary>Scores stretches of a record.</summary>
    /// <param name="reference">Stretches (start, end) of the reference, ascending and disjoint.</param>
    /// <param name="found">Stretches that were found, ascending and disjoint.</param>
    /// <param name="length">The record's length.</param>
    public static DurationScore Of(IReadOnlyList<(long Start, long End)> reference, IReadOnlyList<(long Start, long End)> found, long length)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(found);
        long both = 0;
        for (int i = 0, j = 0; i < reference.Count && j < found.Count;)
        {
            both += Math.Max(0, Math.Min(reference[i].End, found[j].End) - Math.Max(reference[i].Start, found[j].Start));
            if (reference[i].End < found[j].End) i++;
            else j++;
        }

        var (expected, detected) = (reference.Sum(x => x.End - x.Start), found.Sum(x => x.End - x.Start));
        return new DurationScore(both, expected - both, detected - both, length - expected - detected + both);
    }
}
