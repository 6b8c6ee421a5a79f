namespace EdgeHost.Host.Curves;

/// <summary>The ranges of a chart that shows all points of its lines. Losses that fall far are shown by their logarithm.</summary>
internal sealed class CurveScale
{
    private const double FarFall = 20;

    public CurveScale(IReadOnlyList<CurveSeries> series)
    {
        List<(double X, double Y)> points = [.. series.SelectMany(static line => line.Points).Where(static point => double.IsFinite(point.Y))];
        if (points.Count == 0) points.Add((0, 0));
        (Left, Right) = (points.Min(static point => point.X), points.Max(static point => point.X));
        (Bottom, Top) = (points.Min(static point => point.Y), points.Max(static point => point.Y));
        IsLogarithmic = Bottom > 0 && Top / Bottom > FarFall;
        if (Right <= Left) Right = Left + 1;
        if (Top <= Bottom) Top = Bottom + 1;
    }

    public double Left { get; }

    public double Right { get; }

    public double Bottom { get; }

    public double Top { get; }

    public bool IsLogarithmic { get; }

    /// <summary>Where a point is: 0 to 1 from left to right, 0 to 1 from top to bottom.</summary>
    public (double X, double Y) Place(double x, double y)
    {
        var height = IsLogarithmic ? (Math.Log(y) - Math.Log(Bottom)) / (Math.Log(Top) - Math.Log(Bottom)) : (y - Bottom) / (Top - Bottom);
        return ((x - Left) / (Right - Left), 1 - height);
    }
}
