using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Tests.Geometry;

public class ConvexHullTests
{
    [Fact]
    public void Compute_SquareWithInnerAndEdgePoints_KeepsTheFourCorners()
    {
        var hull = Hull(new(0, 0), new(4, 0), new(4, 4), new(0, 4), new(2, 2), new(2, 0), new(4, 3), new(1, 3));

        Assert.Equal([new(0, 0), new(4, 0), new(4, 4), new(0, 4)], hull);
    }

    [Fact]
    public void Compute_PointsOnOneLine_KeepsTheTwoEnds()
        => Assert.Equal([new(0, 0), new(6, 3)], Hull(new(2, 1), new(0, 0), new(6, 3), new(4, 2)));

    [Fact]
    public void Compute_RepeatedPoint_KeepsIt()
        => Assert.Equal([new(3, 3)], Hull(new(3, 3), new(3, 3), new(3, 3)));

    [Fact]
    public void Compute_NoPoints_GivesNone() => Assert.Empty(Hull());

    private static List<Vector2> Hull(params Vector2[] points)
    {
        var hull = new List<Vector2> { new(99, 99) };
        ConvexHull.Compute([.. points], hull);
        return hull;
    }
}
