namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>How much sound a text can have at most: engines that make more are at fault. No state.</summary>
internal static class SoundBound
{
    private const double SecondsForAnyText = 10;

    // A digit of a long number, spoken slowly, is the most that a character becomes; names of emoji are longer, but those are few.
    private const double SecondsACharacter = 1.5;

    /// <summary>Most bytes of 16-bit samples.</summary>
    /// <param name="characters">Characters, or bytes, of what is said.</param>
    /// <param name="rate">How fast.</param>
    /// <param name="sampleRate">Samples a second.</param>
    public static int BytesOf(int characters, double rate, int sampleRate)
        => (int)Math.Min(int.MaxValue / 2, (SecondsForAnyText + (SecondsACharacter * characters)) / Math.Min(1, rate) * sampleRate * sizeof(short));
}
