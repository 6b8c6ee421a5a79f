namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>A part of a sentence between marks.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its characters without the mark; may be 0.</param>
/// <param name="Mark">The mark after it, as Latin writing has it; 0: none.</param>
internal readonly record struct Clause(int Start, int Length, char Mark)
{
    private const string Marks = ".,;:!?";
    private const string FreeMarks = "。，；：！？、…";
    private const string FreeMeanings = ".,;:!?,.";

    /// <summary>Cuts a sentence at its marks: eSpeak NG gives phonemes without them, and a voice breathes and asks by them.</summary>
    /// <param name="sentence">The sentence.</param>
    public static IReadOnlyList<Clause> Split(ReadOnlySpan<char> sentence)
    {
        var (clauses, start) = (new List<Clause>(), 0);
        for (var i = 0; i < sentence.Length; i++)
        {
            var free = FreeMarks.IndexOf(sentence[i], StringComparison.Ordinal);
            if (free < 0 && !(Marks.Contains(sentence[i]) && IsEnd(sentence[(i + 1)..]))) continue;
            clauses.Add(new Clause(start, i - start, free < 0 ? sentence[i] : FreeMeanings[free]));
            start = i + 1;
        }

        if (start < sentence.Length) clauses.Add(new Clause(start, sentence.Length - start, '\0'));
        return clauses;
    }

    // Within numbers, times and abbreviations a mark is none.
    private static bool IsEnd(ReadOnlySpan<char> rest) => rest.IsEmpty || !char.IsLetterOrDigit(rest[0]);
}
