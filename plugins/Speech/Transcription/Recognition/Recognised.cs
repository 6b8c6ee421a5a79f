namespace EdgeHost.Plugins.Speech.Transcription.Recognition;

/// <summary>What a model heard.</summary>
/// <param name="Text">The text; empty if it heard no words.</param>
/// <param name="IsCut">Whether it did not come to an end by itself.</param>
internal sealed record Recognised(string Text, bool IsCut);
