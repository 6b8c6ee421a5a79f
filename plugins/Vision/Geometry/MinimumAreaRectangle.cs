using System.Numerics;

namespace EdgeHost.Plugins.Vision.Geometry;

/// <summary>The rectangle of least area around a convex polygon, by rotating calipers: one of its sides lies on a hull edge.</summary>
internal static class MinimumAreaRectangle
{
    // Points are pixels; a shorter side has no direction worth the name.
    private const float ShortestSide = 1e-3f;

    /// <summary>The rectangle with its angle in (-45, 45] degrees; for one or two points a rectangle without area.</summary>
    /// <param name="hull">A convex polygon in order around it, at least one point.</param>
    public static RotatedRectangle Around(IReadOnlyList<Vector2> hull)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hull.Count, nameof(hull));
        if (hull.Count == 1) return new RotatedRectangle(hull[0], 0, 0, 0);

        int right = -1, far = -1, left = -1;
        var best = new RotatedRectangle(hull[0], 0, 0, 0);
        var bestArea = float.PositiveInfinity;
        for (var i = 0; i < hull.Count; i++)
        {
            var origin = hull[i];
            var side = hull[(i + 1) % hull.Count] - origin;
            if (side.LengthSquared() < ShortestSide * ShortestSide) continue;
            var edge = Vector2.Normalize(side);
            var normal = new Vector2(-edge.Y, edge.X);
            if (right < 0)
            {
                right = FurthestFrom(hull, edge);
                far = FurthestFrom(hull, normal);
                left = FurthestFrom(hull, -edge);
            }
            else
            {
                right = Advance(hull, right, edge);
                far = Advance(hull, far, normal);
                left = Advance(hull, left, -edge);
            }

            var maximum = Vector2.Dot(hull[right] - origin, edge);
            var minimum = Vector2.Dot(hull[left] - origin, edge);
            var height = Vector2.Dot(hull[far] - origin, normal);
            var area = (maximum - minimum) * height;
            if (!(area < bestArea)) continue;
            bestArea = area;
            var center = origin + (edge * ((maximum + minimum) / 2)) + (normal * (height / 2));
            best = new RotatedRectangle(center, maximum - minimum, height, MathF.Atan2(edge.Y, edge.X));
        }

        return best.Normalized();
    }

    // The three touching points only ever move forward as the edge turns, so the whole walk is linear.
    private static int Advance(IReadOnlyList<Vector2> hull, int index, Vector2 direction)
    {
        for (var steps = 0; steps < hull.Count; steps++)
        {
            var next = (index + 1) % hull.Count;
            if (Vector2.Dot(hull[next] - hull[index], direction) <= 0) break;
            index = next;
        }

        return index;
    }

    private static int FurthestFrom(IReadOnlyList<Vector2> hull, Vector2 direction)
    {
        var best = 0;
        for (var i = 1; i < hull.Count; i++)
        {
            if (Vector2.Dot(hull[i], direction) > Vector2.Dot(hull[best], direction)) best = i;
        }

        return best;
    }
}
