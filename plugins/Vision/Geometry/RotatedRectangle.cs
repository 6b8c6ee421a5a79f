using System.Numerics;

namespace EdgeHost.Plugins.Vision.Geometry;

/// <summary>A rectangle turned by <paramref name="Angle"/> radians (clockwise on screen, where y grows downwards).</summary>
/// <param name="Center">The middle.</param>
/// <param name="Width">Extent along the direction of the angle.</param>
/// <param name="Height">Extent across it.</param>
/// <param name="Angle">In (-π/4, π/4] once <see cref="Normalized"/>.</param>
internal readonly record struct RotatedRectangle(Vector2 Center, float Width, float Height, float Angle)
{
    private const float Quarter = MathF.PI / 4;

    /// <summary>The same rectangle described with an angle in (-45, 45] degrees.</summary>
    public RotatedRectangle Normalized()
    {
        var turned = this;
        while (turned.Angle > Quarter)
        {
            turned = turned with { Angle = turned.Angle - (MathF.PI / 2), Width = turned.Height, Height = turned.Width };
        }

        while (turned.Angle <= -Quarter)
        {
            turned = turned with { Angle = turned.Angle + (MathF.PI / 2), Width = turned.Height, Height = turned.Width };
        }

        return turned;
    }

    /// <summary>Moves every side outwards by area x ratio / perimeter, as text detectors trained on shrunken regions want it.</summary>
    public RotatedRectangle Grown(float ratio)
    {
        if (Width + Height <= 0) return this;
        var distance = Width * Height * ratio / (2 * (Width + Height));
        return this with { Width = Width + (2 * distance), Height = Height + (2 * distance) };
    }

    /// <summary>The corners, clockwise from the top left of the rectangle's own axes.</summary>
    public Quad Corners()
    {
        var along = new Vector2(MathF.Cos(Angle), MathF.Sin(Angle)) * (Width / 2);
        var across = new Vector2(-MathF.Sin(Angle), MathF.Cos(Angle)) * (Height / 2);
        return new Quad(Center - along - across, Center + along - across, Center + along + across, Center - along + across);
    }

    /// <summary>The mean of a map's values whose points lie inside; 0 if there is none.</summary>
    public float MeanInside(ReadOnlySpan<float> map, int mapWidth, int mapHeight)
    {
        // Points on the border count, whatever the rounding of sine and cosine makes of them.
        const float slack = 0.01f;
        var (sine, cosine) = MathF.SinCos(Angle);
        var reachX = ((Width * MathF.Abs(cosine)) + (Height * MathF.Abs(sine))) / 2;
        var reachY = ((Width * MathF.Abs(sine)) + (Height * MathF.Abs(cosine))) / 2;
        var left = Math.Max(0, (int)MathF.Floor(Center.X - reachX));
        var right = Math.Min(mapWidth - 1, (int)MathF.Ceiling(Center.X + reachX));
        var top = Math.Max(0, (int)MathF.Floor(Center.Y - reachY));
        var bottom = Math.Min(mapHeight - 1, (int)MathF.Ceiling(Center.Y + reachY));
        double sum = 0;
        var count = 0;
        for (var y = top; y <= bottom; y++)
        {
            var row = map.Slice(y * mapWidth, mapWidth);
            for (var x = left; x <= right; x++)
            {
                var along = ((x - Center.X) * cosine) + ((y - Center.Y) * sine);
                var across = ((y - Center.Y) * cosine) - ((x - Center.X) * sine);
                if (MathF.Abs(along) > (Width / 2) + slack || MathF.Abs(across) > (Height / 2) + slack) continue;
                sum += row[x];
                count++;
            }
        }

        return count == 0 ? 0 : (float)(sum / count);
    }
}
