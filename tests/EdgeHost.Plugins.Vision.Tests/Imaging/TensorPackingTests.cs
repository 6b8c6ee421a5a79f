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
    public void PackPlanes_BothOrders_WriteOnePlaneAChannel()
    {
        uint[] pixels = [TestPictures.Rgb(1, 2, 3), TestPictures.Rgb(4, 5, 6)];
        var scales = new ChannelScales(new(2, 0), new(1, 0.5f), new(10, 0));
        var tensor = new float[6];

        TensorPacking.PackPlanes(pixels, tensor, ChannelOrder.Rgb, scales);
        Assert.Equal([2, 8, 2.5f, 5.5f, 30, 60], tensor);

        TensorPacking.PackPlanes(pixels, tensor, ChannelOrder.Bgr, scales);
        Assert.Equal([30, 60, 2.5f, 5.5f, 2, 8], tensor);
    }

    [Fact]
    public void PackInterleaved_BothOrders_WriteTheChannelsSideBySide()
    {
        uint[] pixels = [TestPictures.Rgb(1, 2, 3), TestPictures.Rgb(4, 5, 6)];
        var scales = new ChannelScales(new(2, 0), new(1, 0.5f), new(10, 0));
        var floats = new float[6];
        var whole = new int[6];
        var bytes = new byte[6];

        TensorPacking.PackInterleaved(pixels, floats, ChannelOrder.Rgb, scales);
        Assert.Equal([2, 2.5f, 30, 8, 5.5f, 60], floats);

        TensorPacking.PackInterleaved(pixels, floats, ChannelOrder.Bgr, scales);
        Assert.Equal([30, 2.5f, 2, 60, 5.5f, 8], floats);

        TensorPacking.PackInterleaved<int>(pixels, whole, ChannelOrder.Rgb);
        Assert.Equal([1, 2, 3, 4, 5, 6], whole);

        TensorPacking.PackInterleaved<byte>(pixels, bytes, ChannelOrder.Bgr);
        Assert.Equal([3, 2, 1, 6, 5, 4], bytes);
    }

    [Fact]
    public void Standardized_MeanAndDeviation_MatchTheFormula()
    {
        var scale = ChannelScale.Standardized(0.485f, 0.229f);

        Assert.Equal(((200 / 255f) - 0.485f) / 0.229f, (200 * scale.Factor) + scale.Offset, 5);
    }
}
