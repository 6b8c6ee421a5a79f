namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>Terms and what they must become. Immutable.</summary>
internal sealed class Terms
{
    private const int LongestTerm = 200;
    private readonly (string Term, string Becomes)[] _terms;

    private Terms((string Term, string Becomes)[] terms) => _terms = terms;

    /// <summary>None.</summary>
    public static Terms None { get; } = new([]);

    /// <summary>Takes what a caller says.</summary>
    /// <param name="terms">Terms, and what they become.</param>
    /// <param name="most">Most of them.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: too many, or one that is empty or too long.</exception>
    public static Terms Of(IReadOnlyDictionary<string, string>? terms, int most)
    {
        if (terms is null || terms.Count == 0) return None;
        if (terms.Count > most) throw new EdgeHostException(ErrorCode.InvalidArgument, $"There are {terms.Count} terms; at most {most} are taken. Send those that the text has, or raise the plugin's setting 'translation:max_terms'.");
        foreach (var (term, becomes) in terms)
        {
            if (string.IsNullOrWhiteSpace(term) || term.Length > LongestTerm || becomes.Length > LongestTerm)
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"A term and what it becomes have 1 to {LongestTerm} characters; one has {term.Length} and {becomes.Length}.");
            }
        }

        // The longest counts where several begin.
        return new Terms([.. terms.Select(static term => (term.Key.Trim(), term.Value)).OrderByDescending(static term => term.Item1.Length)]);
    }

    /// <summary>The term that begins at a place.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="at">The place.</param>
    /// <returns>How long it is, and what it becomes; length 0: none begins here.</returns>
    public (int Length, string Becomes) At(string sentence, int at)
    {
        foreach (var (term, becomes) in _terms)
        {
            if (string.Compare(sentence, at, term, 0, term.Length, StringComparison.OrdinalIgnoreCase) != 0 || at + term.Length > sentence.Length) continue;
            if (at > 0 && Joins(sentence[at - 1], sentence[at])) continue;
            if (at + term.Length < sentence.Length && Joins(sentence[at + term.Length - 1], sentence[at + term.Length])) continue;
            return (term.Length, becomes);
        }

        return (0, string.Empty);
    }

    /// <summary>Whether there are any.</summary>
    public bool Any => _terms.Length > 0;

    // Two letters of writing with blanks are of one word.
    private static bool Joins(char left, char right)
        => char.IsLetterOrDigit(left) && char.IsLetterOrDigit(right) && !Characters.IsHan(left) && !Characters.IsHan(right);
}
