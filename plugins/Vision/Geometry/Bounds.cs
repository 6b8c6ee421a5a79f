using System.Numerics;

namespace EdgeHost.Plugins.Vision.Geometry;

/// <summary>An upright rectangle.</summary>
/// <param name="TopLeft">Its corner nearest to zero.</param>
/// <param name="BottomRight">The corner opposite.</param>
internal readonly record struct Bounds(Vector2 TopLeft, Vector2 BottomRight)
{
    /// <summary>Width and height; negative where the corners are the wrong way round.</summary>
    public Vector2 Size => BottomRight - TopLeft;

    /// <summary>The middle.</summary>
    public Vector2 Center => (TopLeft + BottomRight) / 2;

    /// <summary>Whether it covers anything; false also where a coordinate is not a number.</summary>
    public bool HasArea => Size.X > 0 && Size.Y > 0 && float.IsFinite(Size.X) && float.IsFinite(Size.Y);

    /// <summary>From its centre and its size.</summary>
    public static Bounds Around(Vector2 center, Vector2 size) => new(center - (size / 2), center + (size / 2));

    /// <summary>Shared area divided by joined area, 0 to 1.</summary>
    public static float Overlap(in Bounds a, in Bounds b)
    {
        var shared = new Bounds(Vector2.Max(a.TopLeft, b.TopLeft), Vector2.Min(a.BottomRight, b.BottomRight));
        if (!shared.HasArea) return 0;
        var joined = a.Area() + b.Area() - shared.Area();
        return joined > 0 ? shared.Area() / joined : 0;
    }

    /// <summary>Moves corners outside 0..size onto the edge.</summary>
    public Bounds ClampedTo(Vector2 size) => new(Vector2.Clamp(TopLeft, Vector2.Zero, size), Vector2.Clamp(BottomRight, Vector2.Zero, size));

    private float Area() => Size.X * Size.Y;
}
