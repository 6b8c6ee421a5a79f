namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>What a model wrote.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tokens">How many tokens it is.</param>
/// <param name="IsCut">Whether it did not come to an end by itself.</param>
internal sealed record WrittenText(string Text, int Tokens, bool IsCut);
