namespace EdgeHost.Plugins.Health.Charts;

/// <summary>How large a picture is.</summary>
public readonly record struct ChartSize
{
    /// <summary>The least of either side, in points; below, labels leave no room for values.</summary>
    public const int Least = 200;

    /// <summary>The most of either side, in points.</summary>
    public const int Most = 4096;

    /// <summary>The most pixels a point.</summary>
    public const double MostScale = 4;

    /// <summary>Makes a size.</summary>
    /// <param name="width">In points, <see cref="Least"/> to <see cref="Most"/>.</param>
    /// <param name="height">In points.</param>
    /// <param name="scale">Pixels a point, 1 to <see cref="MostScale"/>: 2 for a screen of double density.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: out of range.</exception>
    public ChartSize(int width, int height, double scale = 1)
    {
        if (width is < Least or > Most || height is < Least or > Most) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A chart takes {Least} to {Most} points a side; it is {width} x {height}.");
        if (!(scale is >= 1 and <= MostScale)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A chart takes 1 to {MostScale} pixels a point; it is {scale}.");
        (Width, Height, Scale) = (width, height, scale);
    }

    /// <summary>Width in points.</summary>
    public int Width { get; }

    /// <summary>Height in points.</summary>
    public int Height { get; }

    /// <summary>Pixels a point.</summary>
    public double Scale { get; }

    /// <summary>Width of the picture in pixels.</summary>
    public int PixelWidth => (int)Math.Round(Width * Scale);

    /// <summary>Height of the picture in pixels.</summary>
    public int PixelHeight => (int)Math.Round(Height * Scale);

    /// <summary>Pixels of the picture.</summary>
    public long Pixels => (long)PixelWidth * PixelHeight;
}
