using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Tests.Geometry;

public class RotatedRectangleTests
{
    [Fact]
    public void Grown_TenByFour_MovesEverySideByAreaTimesRatioOverPerimeter()
    {
        // 10 x 4: area 40, perimeter 28, so 40 x 1.5 / 28 = 2.142857 on every side.
        var grown = new RotatedRectangle(new(3, 3), 10, 4, 0.2f).Grown(1.5f);

        Assert.Equal(14.285714f, grown.Width, 4);
        Assert.Equal(8.285714f, grown.Height, 4);
        Assert.Equal(new Vector2(3, 3), grown.Center);
    }

    [Fact]
    public void Grown_WithoutExtent_StaysAsItIs() => Assert.Equal(default, default(RotatedRectangle).Grown(1.5f));

    [Theory]
    [InlineData(0, 0, 10, 4)]
    [InlineData(90, 0, 4, 10)]
    [InlineData(-90, 0, 4, 10)]
    [InlineData(180, 0, 10, 4)]
    [InlineData(60, -30, 4, 10)]
    [InlineData(30, 30, 10, 4)]
    public void Normalized_AnyAngle_LiesWithin45Degrees(float degrees, float expected, float width, float height)
    {
        var rectangle = new RotatedRectangle(Vector2.One, 10, 4, degrees * MathF.PI / 180).Normalized();

        Assert.Equal(expected, rectangle.Angle * 180 / MathF.PI, 3);
        Assert.Equal((width, height), (rectangle.Width, rectangle.Height));
    }

    [Fact]
    public void Corners_Upright_RunClockwiseFromTheTopLeft()
        => Assert.Equal(
            new Quad(new(1, 3), new(9, 3), new(9, 7), new(1, 7)), new RotatedRectangle(new(5, 5), 8, 4, 0).Corners());

    [Fact]
    public void MeanInside_HalfTheMap_AveragesThatHalf()
    {
        float[] map = [1, 1, 0, 0, 1, 1, 0, 0, 0.5f, 0.5f, 0, 0];

        Assert.Equal(5f / 6, new RotatedRectangle(new(0.5f, 1), 1, 2, 0).MeanInside(map, 4, 3), 5);
    }

    [Fact]
    public void MeanInside_OutsideTheMap_IsZero()
        => Assert.Equal(0, new RotatedRectangle(new(50, 50), 2, 2, 0).MeanInside([1, 1, 1, 1], 2, 2));

    [Fact]
    public void Quad_Turned_ReadsFromTheNextCorner()
    {
        var quad = new Quad(new(0, 0), new(2, 0), new(2, 9), new(0, 9));

        Assert.Equal(new Quad(new(2, 0), new(2, 9), new(0, 9), new(0, 0)), quad.TurnedCounterClockwise());
        Assert.Equal(new Quad(new(2, 9), new(0, 9), new(0, 0), new(2, 0)), quad.UpsideDown());
        Assert.Equal(quad, quad.UpsideDown().UpsideDown());
    }
}
