using System.Numerics;
using CsCheck;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Text;

namespace EdgeHost.Plugins.Vision.Tests.Text;

public class RegionFinderTests
{
    private static readonly TextOptions NoGrowth = new() { Growth = 0 };

    [Fact]
    public void Find_SolidBlock_IsMeasuredBetweenPixelCentresAndGrown()
    {
        // Pixels 10..29 x 5..14: 19 x 9 between centres; growth 19 x 9 x 1.5 / 56 = 4.580357 on every side.
        var map = new float[60 * 30];
        Fill(map, 60, 10, 5, 20, 10, 0.9f);

        var region = Assert.Single(new RegionFinder(new TextOptions()).Find(map, 60, 30, new Vector2(2, 3)));

        Assert.Equal(0.9f, region.Score, 5);
        Assert.Equal((10.5f - 4.580357f) * 2, region.Corners.TopLeft.X, 3);
        Assert.Equal((5.5f - 4.580357f) * 3, region.Corners.TopLeft.Y, 3);
        Assert.Equal((29.5f + 4.580357f) * 2, region.Corners.BottomRight.X, 3);
        Assert.Equal((14.5f + 4.580357f) * 3, region.Corners.BottomRight.Y, 3);
    }

    [Fact]
    public void Find_BlocksThatTouchByACorner_AreOneRegion()
    {
        var map = new float[40 * 40];
        Fill(map, 40, 5, 5, 8, 8, 1);
        Fill(map, 40, 13, 13, 8, 8, 1);

        Assert.Single(new RegionFinder(new TextOptions { Growth = 0, RegionThreshold = 0.1f }).Find(map, 40, 40, Vector2.One));
    }

    [Fact]
    public void Find_ShapeThatTurnsUpAgain_IsOneRegionWithAllItsPixels()
    {
        // A U: its right arm is met from below after the scan began with the left one.
        var map = new float[40 * 40];
        Fill(map, 40, 5, 5, 4, 20, 1);
        Fill(map, 40, 5, 22, 25, 4, 1);
        Fill(map, 40, 26, 6, 4, 20, 1);

        var region = Assert.Single(new RegionFinder(new TextOptions { Growth = 0, RegionThreshold = 0.1f }).Find(map, 40, 40, Vector2.One));

        Assert.Equal(new Vector2(5.5f, 5.5f), region.Corners.TopLeft);
        Assert.Equal(new Vector2(29.5f, 25.5f), region.Corners.BottomRight);
    }

    [Fact]
    public void Find_FaintThinOrTinyRegions_AreDropped()
    {
        var map = new float[60 * 40];
        Fill(map, 60, 2, 2, 20, 6, 0.4f);
        Fill(map, 60, 30, 2, 20, 3, 1);
        Fill(map, 60, 30, 20, 1, 1, 1);
        Fill(map, 60, 2, 20, 20, 8, 0.29f);

        Assert.Empty(new RegionFinder(NoGrowth).Find(map, 60, 40, Vector2.One));
    }

    [Fact]
    public void Find_MoreThanAllowed_KeepsTheSurest()
    {
        var map = new float[100 * 20];
        for (var i = 0; i < 9; i++) Fill(map, 100, 2 + (i * 11), 4, 8, 8, 0.6f + (i % 3 * 0.1f));

        var regions = new RegionFinder(new TextOptions { MaxRegions = 3 }).Find(map, 100, 20, Vector2.One);

        Assert.Equal(3, regions.Count);
        Assert.All(regions, static region => Assert.Equal(0.8f, region.Score, 4));
    }

    [Fact]
    public void Find_WholeMapSet_IsOneRegionWithoutOverflow()
    {
        var map = new float[960 * 960];
        Array.Fill(map, 1);

        Assert.Single(new RegionFinder(NoGrowth).Find(map, 960, 960, Vector2.One));
    }

    [Fact]
    public void Find_AnyRotatedRectangle_RecoversIt()
    {
        var cases =
            from width in Gen.Float[40, 120]
            from height in Gen.Float[12, 30]
            from angle in Gen.Float[-0.7f, 0.7f]
            select new RotatedRectangle(new(100, 100), width, height, angle);
        cases.Sample(
            expected =>
            {
                var map = Draw(expected, 200);

                var region = Assert.Single(new RegionFinder(NoGrowth).Find(map, 200, 200, Vector2.One));

                Assert.InRange(Vector2.Distance(region.Corners.Center, new(100.5f, 100.5f)), 0, 1.5f);
                Assert.InRange(MathF.Abs(region.Corners.Width - expected.Width), 0, 2.5f);
                Assert.InRange(MathF.Abs(region.Corners.Height - expected.Height), 0, 2.5f);
                Assert.InRange(MathF.Abs(region.Angle - expected.Angle), 0, 0.07f);
            },
            iter: 200);
    }

    [Fact]
    public void Find_AnyNoise_NeverFailsAndFindsEachPixelOnce()
    {
        Gen.Float[0, 1].Array[48 * 32].Sample(
            map => Assert.True(new RegionFinder(new TextOptions { RegionThreshold = 0 }).Find(map, 48, 32, Vector2.One).Count < 48 * 32 / 9),
            iter: 200);
    }

    private static void Fill(float[] map, int stride, int left, int top, int width, int height, float value)
    {
        for (var y = top; y < top + height; y++) map.AsSpan((y * stride) + left, width).Fill(value);
    }

    private static float[] Draw(RotatedRectangle rectangle, int size)
    {
        var map = new float[size * size];
        var (sine, cosine) = MathF.SinCos(rectangle.Angle);
        for (var i = 0; i < map.Length; i++)
        {
            var offset = new Vector2(i % size, i / size) - rectangle.Center;
            var along = MathF.Abs((offset.X * cosine) + (offset.Y * sine));
            var across = MathF.Abs((offset.Y * cosine) - (offset.X * sine));
            if (along <= rectangle.Width / 2 && across <= rectangle.Height / 2) map[i] = 1;
        }

        return map;
    }
}
