namespace EdgeHost.Training.Specs;

/// <summary>A matrix of constants that a network takes rows of by their numbers, and that is not trained. Immutable.</summary>
/// <param name="Width">Numbers of a row, at least 1.</param>
/// <param name="Values">The rows one after another: a multiple of the width, at least one row. Must not change.</param>
public sealed record NetworkTable(int Width, ReadOnlyMemory<float> Values)
{
    /// <summary>How many rows there are.</summary>
    public int Rows => Values.Length / Width;
}
