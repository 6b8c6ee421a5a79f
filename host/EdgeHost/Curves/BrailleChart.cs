using System.Globalization;
using System.Text;

namespace EdgeHost.Host.Curves;

/// <summary>Draws lines with the dots of Braille characters: two columns and four rows of dots in each.</summary>
internal static class BrailleChart
{
    private const int DotColumns = 2;
    private const int DotRows = 4;
    private const int AxisWidth = 9;

    // The bit of each dot of a Braille character, by row and column.
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>Draws a chart.</summary>
    /// <param name="series">The lines; the second and later ones are drawn with every other dot.</param>
    /// <param name="width">Characters of a row, at least 20.</param>
    /// <param name="height">Rows, at least 3.</param>
    public static IReadOnlyList<string> Draw(IReadOnlyList<CurveSeries> series, int width, int height)
    {
        var scale = new CurveScale(series);
        var columns = width - AxisWidth;
        var cells = new int[height, columns];
        for (var line = 0; line < series.Count; line++) DrawLine(series[line], scale, cells, line > 0);
        var rows = new List<string>();
        for (var row = 0; row < height; row++)
        {
            var text = new StringBuilder(row == 0 ? Label(scale.Top) : row == height - 1 ? Label(scale.Bottom) : new string(' ', AxisWidth - 1)).Append('│');
            for (var column = 0; column < columns; column++) text.Append((char)(0x2800 + cells[row, column]));
            rows.Add(text.ToString().TrimEnd('\u2800'));
        }

        var (left, right) = (scale.Left.ToString("0", CultureInfo.InvariantCulture), scale.Right.ToString("0", CultureInfo.InvariantCulture));
        rows.Add($"{new string(' ', AxisWidth)}{left}{right.PadLeft(Math.Max(1, columns - left.Length))}");
        rows.Add($"{new string(' ', AxisWidth)}{string.Join(", ", series.Select(static (line, number) => $"{(number == 0 ? "⠒⠒" : "⠂⠂")} {line.Name}"))}{(scale.IsLogarithmic ? " (logarithmic)" : string.Empty)}");
        return rows;
    }

    private static void DrawLine(CurveSeries series, CurveScale scale, int[,] cells, bool isDotted)
    {
        var (height, width) = (cells.GetLength(0) * DotRows, cells.GetLength(1) * DotColumns);
        (int X, int Y)? last = null;
        foreach (var (x, y) in series.Points)
        {
            if (!double.IsFinite(y)) continue;
            var place = scale.Place(x, y);
            var dot = (X: (int)Math.Round(place.X * (width - 1)), Y: (int)Math.Round(place.Y * (height - 1)));
            var from = last ?? dot;
            var steps = Math.Max(1, Math.Max(Math.Abs(dot.X - from.X), Math.Abs(dot.Y - from.Y)));
            for (var i = 0; i <= steps; i++)
            {
                var (column, row) = (from.X + ((dot.X - from.X) * i / steps), from.Y + ((dot.Y - from.Y) * i / steps));
                if (!isDotted || ((column + row) & 1) == 0) cells[row / DotRows, column / DotColumns] |= Bits[row % DotRows, column % DotColumns];
            }

            last = dot;
        }
    }

    private static string Label(double value) => value.ToString("G3", CultureInfo.InvariantCulture).PadLeft(AxisWidth - 1)[..(AxisWidth - 1)];
}
