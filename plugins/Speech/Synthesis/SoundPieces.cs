namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Cuts sound into pieces to be sent: long enough that they cost little each, short enough that a reader who is slow holds up little. No state.</summary>
internal static class SoundPieces
{
    private const int PiecesASecond = 5;

    /// <summary>Cuts.</summary>
    /// <param name="sound">One channel of 16-bit integers.</param>
    /// <param name="sampleRate">Samples a second.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> sound, int sampleRate)
    {
        var size = sampleRate / PiecesASecond * sizeof(short);
        for (var at = 0; at < sound.Length; at += size) yield return sound.Slice(at, Math.Min(size, sound.Length - at));
    }
}
