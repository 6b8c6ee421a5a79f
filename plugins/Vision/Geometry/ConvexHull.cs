using System.Numerics;

namespace EdgeHost.Plugins.Vision.Geometry;

/// <summary>The convex hull of points by Andrew's monotone chain.</summary>
internal static class ConvexHull
{
    /// <summary>Replaces the list by its hull, in order around it, without points on its edges. Fewer than three remain if all lie on one line.</summary>
    /// <param name="points">The points; duplicates are allowed.</param>
    /// <param name="hull">Cleared, then filled.</param>
    public static void Compute(List<Vector2> points, List<Vector2> hull)
    {
        points.Sort(static (a, b) => a.Y != b.Y ? a.Y.CompareTo(b.Y) : a.X.CompareTo(b.X));
        hull.Clear();
        if (points.Count == 0) return;
        for (var i = 0; i < points.Count; i++)
        {
            Extend(hull, 0, points[i]);
        }

        var upper = hull.Count - 1;
        for (var i = points.Count - 2; i >= 0; i--)
        {
            Extend(hull, upper, points[i]);
        }

        if (hull.Count > 1) hull.RemoveAt(hull.Count - 1);
    }

    private static void Extend(List<Vector2> hull, int floor, Vector2 point)
    {
        while (hull.Count >= floor + 2 && Cross(hull[^2], hull[^1], point) <= 0)
        {
            hull.RemoveAt(hull.Count - 1);
        }

        if (hull.Count == 0 || hull[^1] != point) hull.Add(point);
    }

    private static float Cross(Vector2 a, Vector2 b, Vector2 c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
