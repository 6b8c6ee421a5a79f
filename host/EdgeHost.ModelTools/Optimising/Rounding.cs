namespace EdgeHost.ModelTools.Optimising;

/// <summary>Rounds weights to few bits, symmetrically around zero. Static and thread-safe.</summary>
internal static class Rounding
{
    private const int MostOfInt8 = 127;

    // Ends of the range that are tried for a block, in parts of its largest value: cutting a lone large value off can cost less than coarse steps for all others.
    private static readonly float[] Ranges = [1f, 0.95f, 0.9f, 0.85f, 0.8f, 0.75f];

    /// <summary>8 bits, with a scale for each slice: value = rounded * scale.</summary>
    /// <param name="values">The weights, as [outer, slices, inner].</param>
    /// <param name="slices">How many slices.</param>
    /// <param name="inner">How many values of a slice lie side by side.</param>
    public static (sbyte[] Rounded, float[] Scales) ToInt8(ReadOnlySpan<float> values, int slices, int inner)
    {
        var largest = new float[slices];
        for (var i = 0; i < values.Length; i++)
        {
            ref var most = ref largest[i / inner % slices];
            most = Math.Max(most, Math.Abs(values[i]));
        }

        var scales = Array.ConvertAll(largest, most => most == 0 ? 1f : most / MostOfInt8);
        var rounded = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++) rounded[i] = (sbyte)Math.Clamp(MathF.Round(values[i] / scales[i / inner % slices]), -MostOfInt8, MostOfInt8);
        return (rounded, scales);
    }

    /// <summary>4 bits around 8, with a scale for each block: value = (rounded - 8) * scale. Of several ranges the one with the least squared error is taken.</summary>
    /// <param name="block">The weights that share a scale.</param>
    /// <param name="rounded">Gets 0 to 15 for each.</param>
    /// <returns>The scale.</returns>
    public static float ToInt4(ReadOnlySpan<float> block, Span<byte> rounded)
    {
        var extreme = 0f;
        foreach (var value in block) if (Math.Abs(value) > Math.Abs(extreme)) extreme = value;
        if (extreme == 0)
        {
            rounded.Fill(8);
            return 1;
        }

        var best = 0f;
        var least = float.PositiveInfinity;
        foreach (var range in Ranges)
        {
            // -8 has no counterpart, so the side of the largest value gets it.
            var scale = extreme * range / -8;
            var error = 0f;
            foreach (var value in block)
            {
                var difference = value - ((Nearest(value, scale) - 8) * scale);
                error += difference * difference;
            }

            if (error < least) (least, best) = (error, scale);
        }

        for (var i = 0; i < block.Length; i++) rounded[i] = (byte)Nearest(block[i], best);
        return best;
    }

    private static float Nearest(float value, float scale) => Math.Clamp(MathF.Round(value / scale) + 8, 0, 15);
}
