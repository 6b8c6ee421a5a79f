namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>A part of a sentence. Not thread-safe.</summary>
/// <param name="before">The white space before it.</param>
/// <param name="source">What it says; not empty, without white space at its ends.</param>
/// <param name="literal">What stands for it as it is; null: it is to be translated.</param>
internal sealed class SentencePart(string before, string source, string? literal)
{
    /// <summary>The white space before it.</summary>
    public string Before => before;

    /// <summary>What it says.</summary>
    public string Source => source;

    /// <summary>Whether it is carried through.</summary>
    public bool IsLiteral => literal is not null;

    /// <summary>What became of it; of a literal from the beginning.</summary>
    public string Output { get; set; } = literal ?? string.Empty;

    /// <summary>Whether its translation did not come to an end by itself.</summary>
    public bool IsCut { get; set; }
}
