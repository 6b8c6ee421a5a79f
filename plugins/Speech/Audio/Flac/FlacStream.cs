namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>What a FLAC file says of itself.</summary>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="Bits">Bits a sample, 4 to 32.</param>
/// <param name="Samples">Samples a channel; what follows them is no sound.</param>
internal readonly record struct FlacStream(int SampleRate, int Channels, int Bits, long Samples);
