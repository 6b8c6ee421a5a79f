namespace EdgeHost.TestKit;

/// <summary>Insertions, deletions and substitutions of the cheapest alignment (Levenshtein).</summary>
public static class EditDistance
{
    /// <summary>Counts them.</summary>
    /// <param name="expected">What should be.</param>
    /// <param name="actual">What is.</param>
    public static int Of<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : IEquatable<T>
    {
        var row = Enumerable.Range(0, actual.Length + 1).ToArray();
        for (var i = 1; i <= expected.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var k = 1; k <= actual.Length; k++)
            {
                var best = Math.Min(Math.Min(row[k], row[k - 1]) + 1, diagonal + (expected[i - 1].Equals(actual[k - 1]) ? 0 : 1));
                (diagonal, row[k]) = (row[k], best);
            }
        }

        return row[^1];
    }

    /// <summary>Wrong characters over expected ones: 0 is perfect.</summary>
    public static double CharacterErrorRate(string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return (double)Of<char>(expected, actual) / Math.Max(1, expected.Length);
    }
}
