namespace EdgeHost.Plugins.Language.Training.Corpora;

/// <summary>A text and its tone. Immutable.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">0 negative, 1 neutral, 2 positive.</param>
/// <param name="Source">What it was collected from, for the figures.</param>
internal sealed record LabelledText(string Text, int Label, string Source);
