namespace EdgeHost.Plugins.Language.Tokens;

/// <summary>A piece of a normalised text. Immutable.</summary>
/// <param name="Text">The piece; never empty, at most <see cref="Tokeniser.MaxTokenLength"/> characters.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Token(string Text, TokenKind Kind);
