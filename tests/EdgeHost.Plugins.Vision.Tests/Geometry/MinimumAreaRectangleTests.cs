using System.Numerics;
using CsCheck;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Tests.Geometry;

public class MinimumAreaRectangleTests
{
    [Fact]
    public void Around_UprightRectangle_IsThatRectangle()
    {
        var found = MinimumAreaRectangle.Around([new(1, 2), new(9, 2), new(9, 5), new(1, 5)]);

        Assert.Equal(new RotatedRectangle(new(5, 3.5f), 8, 3, 0), found);
    }

    [Fact]
    public void Around_RightTriangle_HasTwiceItsArea()
    {
        // A right triangle with legs 3 and 4: the best rectangle is 3 x 4 = 12; on the hypotenuse it is 5 x 2.4 = 12 as well.
        var found = MinimumAreaRectangle.Around([new(0, 0), new(4, 0), new(0, 3)]);

        Assert.Equal(12, found.Width * found.Height, 3);
    }

    [Fact]
    public void Around_OnePoint_HasNoArea()
        => Assert.Equal(new RotatedRectangle(new(7, 8), 0, 0, 0), MinimumAreaRectangle.Around([new(7, 8)]));

    [Fact]
    public void Around_TwoPoints_HasLengthAndNoHeight()
    {
        var found = MinimumAreaRectangle.Around([new(0, 0), new(3, 4)]);

        Assert.Equal(5, MathF.Max(found.Width, found.Height), 4);
        Assert.Equal(0, MathF.Min(found.Width, found.Height), 4);
        Assert.Equal(1.5f, found.Center.X, 4);
    }

    [Fact]
    public void Around_AnyRotatedRectangleWithPointsInside_RecoversIt()
    {
        var cases =
            from x in Gen.Float[-500, 500]
            from y in Gen.Float[-500, 500]
            from width in Gen.Float[20, 400]
            from share in Gen.Float[0.1f, 0.8f]
            from angle in Gen.Float[-0.78f, 0.78f]
            from inner in Gen.Select(Gen.Float[-0.5f, 0.5f], Gen.Float[-0.5f, 0.5f]).Array[0, 30]
            select (Rectangle: new RotatedRectangle(new(x, y), width, width * share, angle), inner);
        cases.Sample(
            sample =>
            {
                var corners = sample.Rectangle.Corners();
                var along = corners.TopRight - corners.TopLeft;
                var across = corners.BottomLeft - corners.TopLeft;
                List<Vector2> points = [corners.TopLeft, corners.TopRight, corners.BottomRight, corners.BottomLeft];
                points.AddRange(sample.inner.Select(p => sample.Rectangle.Center + (along * p.Item1) + (across * p.Item2)));
                var hull = new List<Vector2>();
                ConvexHull.Compute(points, hull);

                var found = MinimumAreaRectangle.Around(hull);

                Assert.InRange(Vector2.Distance(found.Center, sample.Rectangle.Center), 0, 0.1f);
                Assert.InRange(MathF.Abs(found.Width - sample.Rectangle.Width), 0, 0.2f);
                Assert.InRange(MathF.Abs(found.Height - sample.Rectangle.Height), 0, 0.2f);
                Assert.InRange(MathF.Abs(found.Angle - sample.Rectangle.Angle), 0, 0.02f);
            },
            iter: 2_000);
    }

    [Fact]
    public void Around_AnyPoints_ContainsThemAllAndIsNotLargerThanTheUprightBox()
    {
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300]).Array[3, 60].Sample(
            sample =>
            {
                var points = sample.Select(p => new Vector2(p.Item1, p.Item2)).ToList();
                var hull = new List<Vector2>();
                ConvexHull.Compute([.. points], hull);

                var found = MinimumAreaRectangle.Around(hull);

                var (sine, cosine) = MathF.SinCos(found.Angle);
                foreach (var point in points)
                {
                    var offset = point - found.Center;
                    Assert.InRange(MathF.Abs((offset.X * cosine) + (offset.Y * sine)), 0, (found.Width / 2) + 0.05f);
                    Assert.InRange(MathF.Abs((offset.Y * cosine) - (offset.X * sine)), 0, (found.Height / 2) + 0.05f);
                }

                var box = (points.Max(p => p.X) - points.Min(p => p.X)) * (points.Max(p => p.Y) - points.Min(p => p.Y));
                Assert.True(found.Width * found.Height <= (box * 1.001f) + 0.1f);
            },
            iter: 2_000);
    }
}
