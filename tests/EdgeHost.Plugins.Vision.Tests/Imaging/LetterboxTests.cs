using System.Numerics;
using EdgeHost.Plugins.Vision.Imaging;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

public class LetterboxTests
{
    [Theory]
    [InlineData(PictureFit.Squash, 0, 0, 1000, 500, 0, 0, 416, 416)]
    [InlineData(PictureFit.Centred, 0, 0, 1000, 500, 0, 104, 416, 208)]
    [InlineData(PictureFit.TopLeft, 0, 0, 1000, 500, 0, 0, 416, 208)]
    [InlineData(PictureFit.Crop, 250, 0, 500, 500, 0, 0, 416, 416)]
    internal void Of_WidePicture_LiesWhereTheFitSays(PictureFit fit, int sourceLeft, int sourceTop, int sourceWidth, int sourceHeight, int left, int top, int width, int height)
        => Assert.Equal(new Letterbox(sourceLeft, sourceTop, sourceWidth, sourceHeight, left, top, width, height), Letterbox.Of(fit, 1000, 500, 416, 416));

    [Fact]
    public void Of_CropWithAShare_KeepsThatMuchOfTheMiddle()
        => Assert.Equal(new Letterbox(120, 20, 280, 280, 0, 0, 224, 224), Letterbox.Of(PictureFit.Crop, 520, 320, 224, 224, 0.875f));

    [Fact]
    public void ToPicture_HandComputed_IsThatPlace()
    {
        var box = Letterbox.Of(PictureFit.Centred, 1000, 500, 416, 416);

        AssertNear(new Vector2(0, 0), box.ToPicture(new Vector2(0, 104)));
        AssertNear(new Vector2(1000, 500), box.ToPicture(new Vector2(416, 312)));
        AssertNear(new Vector2(500, 250), box.ToPicture(new Vector2(208, 208)));
        Assert.True(box.ToPicture(Vector2.Zero).Y < 0);
    }

    [Fact]
    public void ToPicture_OfToInput_IsThePlaceAgain()
    {
        var random = new Random(8);
        for (var i = 0; i < 2000; i++)
        {
            int width = random.Next(1, 5000), height = random.Next(1, 5000), input = random.Next(16, 640);
            var fit = (PictureFit)random.Next(4);
            var box = Letterbox.Of(fit, width, height, input, random.Next(16, 640), 0.1f + (0.9f * random.NextSingle()));
            var place = new Vector2(random.NextSingle() * width, random.NextSingle() * height);

            var back = box.ToPicture(box.ToInput(place));

            Assert.True(Vector2.Distance(place, back) < 0.01f, $"{fit} {width} x {height}: {place} became {back}");
        }
    }

    [Fact]
    public void Of_AnyPicture_StaysInsideOfPictureAndInput()
    {
        var random = new Random(9);
        for (var i = 0; i < 2000; i++)
        {
            int width = random.Next(1, 5000), height = random.Next(1, 5000), inputWidth = random.Next(1, 640), inputHeight = random.Next(1, 640);

            var box = Letterbox.Of((PictureFit)random.Next(4), width, height, inputWidth, inputHeight, 0.1f + (0.9f * random.NextSingle()));

            Assert.True(box.SourceLeft >= 0 && box.SourceTop >= 0 && box.SourceWidth >= 1 && box.SourceHeight >= 1);
            Assert.True(box.SourceLeft + box.SourceWidth <= width && box.SourceTop + box.SourceHeight <= height);
            Assert.True(box.Left >= 0 && box.Top >= 0 && box.Width >= 1 && box.Height >= 1);
            Assert.True(box.Left + box.Width <= inputWidth && box.Top + box.Height <= inputHeight);
        }
    }

    [Theory]
    [InlineData(1, 4000)]
    [InlineData(4000, 1)]
    [InlineData(1, 1)]
    public void Of_Slivers_KeepAtLeastOnePixel(int width, int height)
    {
        var box = Letterbox.Of(PictureFit.Centred, width, height, 192, 192);

        Assert.Equal((width, height), (box.SourceWidth, box.SourceHeight));
        Assert.InRange(box.Width, 1, 192);
        Assert.InRange(box.Height, 1, 192);
    }

    private static void AssertNear(Vector2 expected, Vector2 actual) => Assert.True(Vector2.Distance(expected, actual) < 0.001f, $"expected {expected}, got {actual}");
}
