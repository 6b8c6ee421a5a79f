namespace EdgeHost.TestKit.Scoring;

/// <summary>BLEU of a corpus as sacreBLEU counts it (Papineni et al. 2002; Post 2018): 1- to 4-grams, upper and lower case told apart, exponential smoothing of orders without a hit.</summary>
public static class Bleu
{
    private const int Orders = 4;

    /// <summary>Scores translations.</summary>
    /// <param name="translations">The translations.</param>
    /// <param name="references">One or several lists of references, each as long.</param>
    /// <param name="tokenise">One of <see cref="BleuTokeniser"/>.</param>
    /// <returns>0 to 100.</returns>
    public static double Score(IReadOnlyList<string> translations, IReadOnlyList<IReadOnlyList<string>> references, Func<string, string[]> tokenise)
    {
        var (hits, totals) = (new long[Orders], new long[Orders]);
        long length = 0, referenceLength = 0;
        for (var i = 0; i < translations.Count; i++)
        {
            var said = tokenise(translations[i]);
            var wanted = references.Select(list => tokenise(list[i])).ToArray();
            length += said.Length;

            // The reference whose length is nearest, the shorter of two as near.
            referenceLength += wanted.Select(static tokens => tokens.Length).OrderBy(count => Math.Abs(count - said.Length)).ThenBy(static count => count).First();
            for (var order = 1; order <= Orders; order++)
            {
                var most = new Dictionary<string, int>(StringComparer.Ordinal);
                foreach (var tokens in wanted)
                {
                    foreach (var (gram, count) in Count(tokens, order)) most[gram] = Math.Max(count, most.GetValueOrDefault(gram));
                }

                foreach (var (gram, count) in Count(said, order))
                {
                    hits[order - 1] += Math.Min(count, most.GetValueOrDefault(gram));
                    totals[order - 1] += count;
                }
            }
        }

        return length == 0 ? 0 : 100 * Math.Min(1, Math.Exp(1 - ((double)referenceLength / length))) * Precision(hits, totals);
    }

    private static double Precision(long[] hits, long[] totals)
    {
        var (sum, smoothing) = (0.0, 1.0);
        for (var i = 0; i < Orders; i++)
        {
            if (totals[i] == 0) return 0;
            if (hits[i] == 0) smoothing *= 2;
            sum += Math.Log(hits[i] == 0 ? 1 / (smoothing * totals[i]) : (double)hits[i] / totals[i]);
        }

        return Math.Exp(sum / Orders);
    }

    private static Dictionary<string, int> Count(string[] tokens, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + order <= tokens.Length; i++)
        {
            var gram = string.Join(' ', tokens, i, order);
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        return counts;
    }
}
