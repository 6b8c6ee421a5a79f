namespace EdgeHost.Plugins.Text.Sentences;

/// <summary>A sentence, or a part of a long one, by its place in the text.</summary>
/// <param name="Start">Its first character (UTF-16); no white space.</param>
/// <param name="Length">Characters up to the last one that is no white space; at least 1.</param>
public readonly record struct Sentence(int Start, int Length);
