namespace EdgeHost.Plugins.Language.Tokens;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    /// <summary>Letters of a script that separates words, or a number.</summary>
    Word,

    /// <summary>One character of a script that does not separate words: Chinese, Japanese.</summary>
    Character,

    /// <summary>A mark, an emoji or an emoticon.</summary>
    Symbol,
}
