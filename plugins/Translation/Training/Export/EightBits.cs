namespace EdgeHost.Plugins.Translation.Training.Export;

/// <summary>Numbers as whole numbers of 8 bits and a scale each row or column.</summary>
internal static class EightBits
{
    // Products add pairs in 16 bits on processors without the newer instructions; with 7 bits these do not overflow.
    private const int MostOfProducts = 63;
    private const int MostOfRows = 127;
    private const float SmallestScale = 1e-8f;

    /// <summary>A table, with a scale each row.</summary>
    public static (sbyte[] Values, float[] Scales) OfRows(float[] table, int columns) => Round(table, table.Length / columns, i => i / columns, MostOfRows);

    /// <summary>The weights of a product, with a scale each column.</summary>
    public static (sbyte[] Values, float[] Scales) OfColumns(float[] matrix, int columns) => Round(matrix, columns, i => i % columns, MostOfProducts);

    private static (sbyte[] Values, float[] Scales) Round(float[] numbers, int count, Func<int, int> scaleOf, int most)
    {
        var scales = new float[count];
        for (var i = 0; i < numbers.Length; i++) scales[scaleOf(i)] = Math.Max(scales[scaleOf(i)], Math.Abs(numbers[i]));
        for (var i = 0; i < count; i++) scales[i] = Math.Max(scales[i], SmallestScale) / most;
        var values = new sbyte[numbers.Length];
        for (var i = 0; i < numbers.Length; i++) values[i] = (sbyte)Math.Clamp(MathF.Round(numbers[i] / scales[scaleOf(i)]), -most, most);
        return (values, scales);
    }
}
