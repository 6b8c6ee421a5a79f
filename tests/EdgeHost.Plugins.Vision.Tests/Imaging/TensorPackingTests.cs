using EdgeHost.Plugins.Vision.Imaging;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

public class TensorPackingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    public void PackPlanarBgr_AnyWidth_WritesPlanesAndZeroPadding(int width)
    {
        var pixels = Enumerable.Range(0, width * 2).Select(static i => TestPictures.Rgb((byte)i, (byte)(i + 60), (byte)(i + 120))).ToArray();
        var tensorWidth = width + 5;
        var tensor = Enumerable.Repeat(float.NaN, 3 * 2 * tensorWidth).ToArray();

        TensorPacking.PackPlanarBgr(pixels, width, 2, tensor, tensorWidth, new(2, 1), new(1, 0), new(0.5f, -1));

        for (var y = 0; y < 2; y++)
        {
            for (var x = 0; x < tensorWidth; x++)
            {
                var i = (y * width) + x;
                var inside = x < width;
                Assert.Equal(inside ? ((i + 120) * 2) + 1 : 0, tensor[(y * tensorWidth) + x]);
                Assert.Equal(inside ? i + 60 : 0, tensor[((2 + y) * tensorWidth) + x]);
                Assert.Equal(inside ? (i * 0.5f) - 1 : 0, tensor[((4 + y) * tensorWidth) + x]);
            }
        }
    }

    [Fact]
    public void PackInterleavedRgb_SmallerThanTheSquare_IsSurroundedByBlack()
    {
        var tensor = new float[4 * 4 * 3];

        TensorPacking.PackInterleavedRgb([TestPictures.Rgb(255, 0, 0), TestPictures.Rgb(0, 255, 255)], 2, 1, tensor, 4, 1, 2, ChannelScale.Symmetric);

        float[] row = [-1, -1, -1, 1, -1, -1, -1, 1, 1, -1, -1, -1];
        Assert.Equal(Enumerable.Repeat(-1f, 24).Concat(row).Concat(Enumerable.Repeat(-1f, 12)), tensor.Select(static v => MathF.Round(v, 5)));
    }

    [Fact]
    public void Standardized_MeanAndDeviation_MatchTheFormula()
    {
        var scale = ChannelScale.Standardized(0.485f, 0.229f);

        Assert.Equal(((200 / 255f) - 0.485f) / 0.229f, (200 * scale.Factor) + scale.Offset, 5);
    }
}
