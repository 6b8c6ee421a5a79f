namespace EdgeHost;

/// <summary>Finds what a mistyped name was probably meant to be, for error messages. Thread-safe.</summary>
public static class NearestNames
{
    // Longer names are no typing errors, and comparing them would cost more than the hint is worth.
    private const int MaxLength = 128;

    /// <summary>
    /// The candidates with the fewest single-character edits from a name (Levenshtein distance, case ignored), nearest first; none that differs in
    /// more than half of the name. A candidate that contains the name, or is part of it, counts as near;
    /// of equally near ones, those of a similar length come first.
    /// </summary>
    /// <param name="name">The name as somebody wrote it; untrusted. Longer than 128 characters finds nothing.</param>
    /// <param name="candidates">Names that exist; longer than 128 characters are left out.</param>
    /// <param name="count">Most candidates to give; ≥ 1.</param>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int count)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (name.Length is 0 or > MaxLength) return [];
        var limit = Math.Max(2, name.Length / 2);
        return
        [
            .. candidates.Distinct(StringComparer.Ordinal)
                .Where(candidate => candidate.Length <= MaxLength)
                .Select(candidate => (candidate, distance: IsPart(name, candidate) ? 1 : Distance(name, candidate)))
                .Where(pair => pair.distance <= limit)
                .OrderBy(pair => pair.distance).ThenBy(pair => Math.Abs(pair.candidate.Length - name.Length)).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
                .Take(count).Select(pair => pair.candidate),
        ];
    }

    /// <summary>The nearest candidate as <see cref="Find"/> has it, or null.</summary>
    /// <param name="name">The name as somebody wrote it; untrusted.</param>
    /// <param name="candidates">Names that exist.</param>
    public static string? FindOne(string name, IEnumerable<string> candidates) => Find(name, candidates, 1) is [var nearest] ? nearest : null;

    private static bool IsPart(string name, string candidate)
        => Math.Min(name.Length, candidate.Length) >= 3
            && (candidate.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(candidate, StringComparison.OrdinalIgnoreCase));

    private static int Distance(string left, string right)
    {
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
