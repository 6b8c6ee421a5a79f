namespace EdgeHost.Runtime.Dispatch;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class NearestName
{
    /// <summary>Longer names are no typing errors, and comparing them would cost more than the answer is worth.</summary>
    private const int LengthLimit = 128;

    /// <summary>The candidate with the fewest single-character edits, if at most a third of the name differs; else null.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LengthLimit) return null;
        string? nearest = null;
        var smallest = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= smallest || candidate.Length > LengthLimit) continue;
            var distance = Distance(name, candidate);
            if (distance >= smallest) continue;
            smallest = distance;
            nearest = candidate;
        }

        return nearest;
    }

    internal static int Distance(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        Span<int> row = stackalloc int[LengthLimit + 1];
        for (var j = 0; j <= y.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= x.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= y.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (x[i - 1] == y[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[y.Length];
    }
}
