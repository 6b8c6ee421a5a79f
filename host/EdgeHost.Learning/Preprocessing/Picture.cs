namespace EdgeHost.Learning.Preprocessing;

/// <summary>Decoded pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Bytes of a pixel, for example 1 for grey and 3 for colours.</param>
/// <param name="Pixels">The bytes, row by row; <paramref name="Width"/> × <paramref name="Height"/> × <paramref name="Channels"/> of them.</param>
public sealed record Picture(int Width, int Height, int Channels, ReadOnlyMemory<byte> Pixels);
