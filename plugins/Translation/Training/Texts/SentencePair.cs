namespace EdgeHost.Plugins.Translation.Training.Texts;

/// <summary>A sentence and its translation. Immutable.</summary>
internal sealed record SentencePair(string Source, string Target);
