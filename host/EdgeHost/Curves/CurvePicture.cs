namespace EdgeHost.Host.Curves;

/// <summary>Draws lines into a PNG: a frame with tenths of it as a grid, and the lines in colours of their own.</summary>
internal static class CurvePicture
{
    private const int Width = 800;
    private const int Height = 480;
    private const int Border = 20;
    private const int GridParts = 10;
    private const byte Grid = 1;
    private const byte Frame = 2;
    private const byte FirstLine = 3;

    // Paper, grid, frame; then the lines.
    private static readonly (byte Red, byte Green, byte Blue)[] Colours = [(255, 255, 255), (230, 230, 230), (90, 90, 90), (31, 119, 180), (214, 39, 40), (44, 160, 44)];

    /// <summary>Writes the picture.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="series">Up to three lines.</param>
    public static void Write(Stream output, IReadOnlyList<CurveSeries> series)
    {
        var pixels = new byte[Width * Height];
        for (var i = 0; i <= GridParts; i++)
        {
            var colour = i is 0 or GridParts ? Frame : Grid;
            Line(pixels, X((double)i / GridParts), Y(0), X((double)i / GridParts), Y(1), colour);
            Line(pixels, X(0), Y((double)i / GridParts), X(1), Y((double)i / GridParts), colour);
        }

        var scale = new CurveScale(series);
        for (var line = 0; line < Math.Min(series.Count, Colours.Length - FirstLine); line++)
        {
            (double X, double Y)? last = null;
            foreach (var (x, y) in series[line].Points)
            {
                if (!double.IsFinite(y)) continue;
                var place = scale.Place(x, y);
                var from = last ?? place;
                for (var thickness = 0; thickness < 2; thickness++) Line(pixels, X(from.X), Y(from.Y) + thickness, X(place.X), Y(place.Y) + thickness, (byte)(FirstLine + line));
                last = place;
            }
        }

        PngWriter.Write(output, Width, pixels, Colours);
    }

    private static int X(double place) => Border + (int)Math.Round(place * (Width - (2 * Border) - 1));

    private static int Y(double place) => Border + (int)Math.Round(place * (Height - (2 * Border) - 1));

    private static void Line(byte[] pixels, int fromX, int fromY, int toX, int toY, byte colour)
    {
        var steps = Math.Max(1, Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (var i = 0; i <= steps; i++)
        {
            var (x, y) = (fromX + ((toX - fromX) * i / steps), fromY + ((toY - fromY) * i / steps));
            pixels[(y * Width) + x] = colour;
        }
    }
}
