namespace EdgeHost.Plugins.Language.Generation.Sampling;

/// <summary>Lets text through until a stop text comes; holds back what may be the beginning of one. Not thread-safe.</summary>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private string _held = string.Empty;

    /// <summary>Whether a stop text came.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Takes text.</summary>
    /// <returns>What may go out; may be empty.</returns>
    public string Add(string text)
    {
        if (HasStopped) return string.Empty;
        if (stops.Count == 0) return text;
        var all = _held + text;
        var first = -1;
        foreach (var stop in stops)
        {
            var at = all.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }

        if (first >= 0)
        {
            HasStopped = true;
            _held = string.Empty;
            return all[..first];
        }

        var keep = stops.Max(stop => Overlap(all, stop));
        _held = all[^keep..];
        return all[..^keep];
    }

    /// <summary>What was held back, when no more comes.</summary>
    public string Flush()
    {
        var rest = _held;
        _held = string.Empty;
        return rest;
    }

    // The longest end of the text that begins the stop text.
    private static int Overlap(string text, string stop)
    {
        for (var length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length))) return length;
        }

        return 0;
    }
}
