namespace Xor;

/// <summary>Draws numbers as a row of blocks.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    public static string Of(IReadOnlyList<double> values, int width)
    {
        if (values.Count == 0) return string.Empty;
        var (least, most) = (values.Min(), values.Max());
        return string.Concat(Enumerable.Range(0, Math.Min(width, values.Count)).Select(place =>
        {
            var value = values[place * values.Count / Math.Min(width, values.Count)];
            return Blocks[most > least ? (int)((value - least) / (most - least) * (Blocks.Length - 1)) : 0];
        }));
    }
}
