namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>What an element of a grammar is.</summary>
internal enum GrammarElementKind
{
    /// <summary>The end of a sequence.</summary>
    End = 0,

    /// <summary>One of a range of bytes.</summary>
    Bytes = 1,

    /// <summary>A rule.</summary>
    Rule = 2,
}
