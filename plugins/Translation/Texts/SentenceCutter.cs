using EdgeHost.Plugins.Text.Sentences;

namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>Cuts a text into the sentences that are translated one by one. A line that does not go on with a small letter begins a sentence. No state.</summary>
internal static class SentenceCutter
{
    /// <summary>Cuts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Most characters of a sentence; ≥ 2.</param>
    /// <returns>Where the sentences are: all but white space, in order.</returns>
    public static IEnumerable<Sentence> Cut(string text, int longest)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = EndOfBlock(text, start);
            var block = text[start..end];
            foreach (var sentence in SentenceSplitter.Split(block, longest)) yield return new Sentence(start + sentence.Start, sentence.Length);
            start = end;
        }
    }

    private static int EndOfBlock(string text, int start)
    {
        for (var at = start; ; at++)
        {
            at = text.AsSpan(at).IndexOfAny('\n', '\r', '\u2028') is >= 0 and var line ? at + line : text.Length;
            if (at == text.Length) return at;
            var next = at;
            while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
            if (next == text.Length || !char.IsLower(text[next])) return next;
        }
    }
}
