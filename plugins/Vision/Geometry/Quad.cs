using System.Numerics;

namespace EdgeHost.Plugins.Vision.Geometry;

/// <summary>Four corners, clockwise on screen from the one at the top left of the upright content.</summary>
internal readonly record struct Quad(Vector2 TopLeft, Vector2 TopRight, Vector2 BottomRight, Vector2 BottomLeft)
{
    /// <summary>Length of the top edge.</summary>
    public float Width => Vector2.Distance(TopLeft, TopRight);

    /// <summary>Length of the left edge.</summary>
    public float Height => Vector2.Distance(TopLeft, BottomLeft);

    /// <summary>The middle.</summary>
    public Vector2 Center => (TopLeft + BottomRight) / 2;

    /// <summary>The corners so that content turned a quarter clockwise reads from the left: the right edge becomes the top edge.</summary>
    public Quad TurnedCounterClockwise() => new(TopRight, BottomRight, BottomLeft, TopLeft);

    /// <summary>The corners so that content standing on its head reads from the left.</summary>
    public Quad UpsideDown() => new(BottomRight, BottomLeft, TopLeft, TopRight);

    /// <summary>Multiplies every corner.</summary>
    public Quad Scaled(Vector2 factor) => new(TopLeft * factor, TopRight * factor, BottomRight * factor, BottomLeft * factor);

    /// <summary>Maps every corner.</summary>
    public Quad Moved(Func<Vector2, Vector2> map) => new(map(TopLeft), map(TopRight), map(BottomRight), map(BottomLeft));

    /// <summary>Moves corners outside 0..size onto the edge.</summary>
    public Quad ClampedTo(Vector2 size) => new(
        Vector2.Clamp(TopLeft, Vector2.Zero, size),
        Vector2.Clamp(TopRight, Vector2.Zero, size),
        Vector2.Clamp(BottomRight, Vector2.Zero, size),
        Vector2.Clamp(BottomLeft, Vector2.Zero, size));
}
