namespace HealthJournal;

/// <summary>A curve of one line of text.</summary>
internal static class Curve
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>A bar a value, the lowest for the least, the highest for the most.</summary>
    public static string Draw(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return "";
        var (least, most) = (values.Min(), values.Max());
        return string.Concat(values.Select(value => Bars[most > least ? (int)Math.Round((value - least) / (most - least) * (Bars.Length - 1)) : Bars.Length / 2]));
    }
}
