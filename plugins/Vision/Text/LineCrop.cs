using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>How a region becomes the line picture that the networks read: 48 pixels high, as wide as its shape asks.</summary>
internal static class LineCrop
{
    /// <summary>Height of a line picture.</summary>
    public const int Height = 48;

    /// <summary>Widest line picture; longer lines are squeezed. About 200 characters.</summary>
    public const int MaxWidth = 3_200;

    // Text whose region is this much taller than wide stands on its side.
    private const float UprightRatio = 1.5f;

    /// <summary>The corners in reading direction: a tall region is read along its height, as if turned a quarter counter-clockwise.</summary>
    public static Quad ReadingCorners(Quad corners)
        => corners.Height >= UprightRatio * corners.Width ? corners.TurnedCounterClockwise() : corners;

    /// <summary>Width of the line picture of a region, at most <paramref name="limit"/>.</summary>
    public static int WidthOf(Quad corners, int limit)
    {
        var width = MathF.Ceiling(Height * corners.Width / MathF.Max(corners.Height, 1e-3f));
        return (int)Math.Clamp(width, 8, limit);
    }
}
