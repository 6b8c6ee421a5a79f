namespace EdgeHost.Plugins.Health.Signals.Scoring;

/// <summary>Matches found beats with reference beats as ANSI/AAMI EC57 does: one to one, within 150 ms, as many as possible.</summary>
public static class BeatScorer
{
    /// <summary>How far apart a match may be, in seconds.</summary>
    public const double WindowSeconds = 0.15;

    /// <summary>Scores beats.</summary>
    /// <param name="reference">Samples of the reference, ascending.</param>
    /// <param name="found">Samples that were found, ascending.</param>
    /// <param name="rateHz">Samples a second.</param>
    /// <param name="excluded">Stretches (start, end) whose beats do not count on either side, such as ventricular flutter.</param>
    public static BeatScore Score(IReadOnlyList<long> reference, IReadOnlyList<long> found, double rateHz, IReadOnlyList<(long Start, long End)>? excluded = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(found);
        Require.InRange(rateHz, 1, 100_000, nameof(rateHz));
        bool Counts(long sample) => excluded is null || !excluded.Any(x => sample >= x.Start && sample < x.End);
        var (expected, detected) = (reference.Where(Counts).ToList(), found.Where(Counts).ToList());
        var window = WindowSeconds * rateHz;
        var (matches, squares) = (0, 0.0);
        var (i, j) = (0, 0);
        while (i < expected.Count && j < detected.Count)
        {
            var distance = detected[j] - expected[i];
            if (Math.Abs(distance) > window)
            {
                if (distance < 0) j++;
                else i++;
                continue;
            }

            // Where the neighbour is nearer and nothing else needs it, the earlier one is left over: as many matches, and the right ones.
            if (j + 1 < detected.Count && Math.Abs(detected[j + 1] - expected[i]) < Math.Abs(distance) && !(i + 1 < expected.Count && Math.Abs(detected[j + 1] - expected[i + 1]) <= window))
            {
                j++;
                continue;
            }

            if (i + 1 < expected.Count && Math.Abs(detected[j] - expected[i + 1]) < Math.Abs(distance) && !(j + 1 < detected.Count && Math.Abs(detected[j + 1] - expected[i + 1]) <= window))
            {
                i++;
                continue;
            }

            matches++;
            squares += Math.Pow(distance / rateHz, 2);
            i++;
            j++;
        }

        return new BeatScore(matches, expected.Count - matches, detected.Count - matches, squares);
    }
}
