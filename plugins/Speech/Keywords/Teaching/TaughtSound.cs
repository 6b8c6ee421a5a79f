namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>A take of a recording as vectors.</summary>
/// <param name="Vectors">96 numbers for each hop, with a window of silence before the first.</param>
/// <param name="Lead">How many vectors of silence are before the first.</param>
/// <param name="FirstHop">The hop with which a keyword may count: the first that ends after the word.</param>
/// <param name="HalfHop">Up to this hop less than half of the word was heard.</param>
internal sealed record TaughtSound(float[] Vectors, int Lead, int FirstHop, int HalfHop)
{
    /// <summary>Hops of the sound.</summary>
    public int Hops => (Vectors.Length / Hearing.KeywordFeatures.Width) - Lead;
}
