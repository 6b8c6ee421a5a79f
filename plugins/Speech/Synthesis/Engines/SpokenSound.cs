namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>A spoken sentence: one channel.</summary>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Samples">From -1 to 1; the receiver's own.</param>
internal readonly record struct SpokenSound(int SampleRate, float[] Samples);
