namespace EdgeHost.ModelTools.Optimising;

/// <summary>Between what the values of a tensor lie, over the examples that were looked at. Immutable.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public readonly record struct ValueRange(float Least, float Most)
{
    /// <summary>The step of an unsigned 8-bit number over this range and zero, and the number that zero becomes.</summary>
    internal (float Scale, byte Zero) ToUInt8()
    {
        var (low, high) = (Math.Min(0, Least), Math.Max(0, Most));
        var scale = Math.Max(1e-8f, (high - low) / 255);
        return (scale, (byte)Math.Clamp(MathF.Round(-low / scale), 0, 255));
    }
}
