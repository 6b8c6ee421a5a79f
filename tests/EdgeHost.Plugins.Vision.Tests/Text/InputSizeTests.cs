using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Text;

namespace EdgeHost.Plugins.Vision.Tests.Text;

public class InputSizeTests
{
    [Theory]
    [InlineData(640, 480, 640, 480)]
    [InlineData(1200, 900, 960, 704)]
    [InlineData(323, 430, 320, 416)]
    [InlineData(1, 1, 32, 32)]
    [InlineData(16384, 10, 960, 32)]
    public void DetectorInput_AnyPicture_IsAMultipleOf32AndNotEnlarged(int width, int height, int expectedWidth, int expectedHeight)
        => Assert.Equal((expectedWidth, expectedHeight), TextDetector.InputSize(width, height, 960));

    [Theory]
    [InlineData(1, 320)]
    [InlineData(320, 320)]
    [InlineData(321, 384)]
    [InlineData(3_200, 3_200)]
    public void RecognizerRun_AnyLine_IsRoundedUpToSteps(int width, int expected)
        => Assert.Equal(expected, LineRecognizer.RunWidth(width));

    [Theory]
    [InlineData(100, 50, 96)]
    [InlineData(1, 50, 8)]
    [InlineData(50_000, 10, 3_200)]
    public void LineCrop_AnyShape_KeepsItWithinLimits(float width, float height, int expected)
        => Assert.Equal(expected, LineCrop.WidthOf(new RotatedRectangle(default, width, height, 0).Corners(), LineCrop.MaxWidth));

    [Fact]
    public void LineCrop_TallRegion_IsReadAlongItsHeight()
    {
        var tall = new RotatedRectangle(new(50, 50), 20, 60, 0).Corners();

        Assert.Equal(60, LineCrop.ReadingCorners(tall).Width);
        Assert.Equal(tall.TopRight, LineCrop.ReadingCorners(tall).TopLeft);
        Assert.Equal(20, LineCrop.ReadingCorners(new RotatedRectangle(new(50, 50), 20, 25, 0).Corners()).Width, 3);
    }
}
