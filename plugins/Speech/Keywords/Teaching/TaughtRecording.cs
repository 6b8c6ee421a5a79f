namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>A recording to learn from.</summary>
/// <param name="Samples">16,000 a second, from -1 to 1.</param>
/// <param name="WordStart">Where somebody begins to speak.</param>
/// <param name="WordEnd">The first sample after the last word.</param>
internal sealed record TaughtRecording(float[] Samples, int WordStart, int WordEnd);
