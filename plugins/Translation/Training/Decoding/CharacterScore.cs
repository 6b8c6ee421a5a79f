namespace EdgeHost.Plugins.Translation.Training.Decoding;

/// <summary>
/// chrF2 (Popović, 2015): the F score, with recall counting twice, of runs of one to six characters without blanks, over all sentences. 0 to 100.
/// Good enough to see which of two trainings of one network went better.
/// </summary>
internal static class CharacterScore
{
    private const int LongestRun = 6;
    private const double SquareOfBeta = 4;

    /// <summary>Compares translations with those of people.</summary>
    public static double Of(IReadOnlyList<string> translations, IReadOnlyList<string> references)
    {
        double sum = 0;
        for (var length = 1; length <= LongestRun; length++)
        {
            long common = 0, made = 0, wanted = 0;
            for (var i = 0; i < translations.Count; i++)
            {
                var (own, other) = (Runs(translations[i], length), Runs(references[i], length));
                common += own.Sum(run => Math.Min(run.Value, other.GetValueOrDefault(run.Key)));
                made += own.Values.Sum();
                wanted += other.Values.Sum();
            }

            var (precision, recall) = ((double)common / Math.Max(1, made), (double)common / Math.Max(1, wanted));
            if (common > 0) sum += (1 + SquareOfBeta) * precision * recall / ((SquareOfBeta * precision) + recall);
        }

        return 100 * sum / LongestRun;
    }

    private static Dictionary<string, int> Runs(string text, int length)
    {
        var bare = string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
        var runs = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + length <= bare.Length; i++)
        {
            var run = bare.Substring(i, length);
            runs[run] = runs.GetValueOrDefault(run) + 1;
        }

        return runs;
    }
}
