namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>An element of a sequence of a grammar. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">The first byte, or the rule's number.</param>
/// <param name="Last">The last byte.</param>
internal readonly record struct GrammarElement(GrammarElementKind Kind, int First, int Last)
{
    /// <summary>The end of a sequence.</summary>
    public static GrammarElement End => default;

    /// <summary>One of a range of bytes.</summary>
    public static GrammarElement Bytes(int first, int last) => new(GrammarElementKind.Bytes, first, last);

    /// <summary>A rule.</summary>
    public static GrammarElement Rule(int rule) => new(GrammarElementKind.Rule, rule, 0);
}
