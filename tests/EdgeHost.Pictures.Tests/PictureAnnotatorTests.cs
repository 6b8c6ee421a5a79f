using EdgeHost.Learning.Preprocessing;
using EdgeHost.Pictures.Annotations;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace EdgeHost.Pictures.Tests;

public sealed class PictureAnnotatorTests : IDisposable
{
    private readonly PictureAnnotator _annotator = new(new PictureOptions());
    private readonly PictureDecoder _decoder = new(Options.Create(new PictureOptions()));

    public void Dispose()
    {
        _annotator.Dispose();
        _decoder.Dispose();
    }

    [Fact]
    public async Task NothingToDraw_GivesThePicture_Upright()
    {
        var picture = await DrawAsync(TestFiles.Encode(160, 96, SKEncodedImageFormat.Jpeg, orientation: 6));

        Assert.Equal((160, 96), (picture.Width, picture.Height));
        AssertNear(TestFiles.Quarters[0], Pixel(picture, 10, 10));
        AssertNear(TestFiles.Quarters[3], Pixel(picture, 150, 90));
    }

    [Fact]
    public async Task Outlines_ArePlacedToThePixel_AndLeaveTheInsideAlone()
    {
        var before = await DrawAsync(Grey(200, 200));
        var after = await DrawAsync(Grey(200, 200), new Annotation { Outline = [new(50, 60), new(150, 60), new(150, 160), new(50, 160)] });

        Assert.NotEqual(Pixel(before, 100, 60), Pixel(after, 100, 60));
        Assert.NotEqual(Pixel(before, 150, 100), Pixel(after, 150, 100));
        Assert.Equal(Pixel(before, 100, 110), Pixel(after, 100, 110));
        Assert.Equal(Pixel(before, 30, 110), Pixel(after, 30, 110));
    }

    [Fact]
    public async Task Points_AndLinksBetweenThem_AreDrawn()
    {
        var picture = await DrawAsync(Grey(200, 200), new Annotation { Points = [new(50, 100), new(150, 100)], Links = [(0, 1)] });

        Assert.NotEqual(Pixel(picture, 20, 20), Pixel(picture, 50, 100));
        Assert.NotEqual(Pixel(picture, 20, 20), Pixel(picture, 100, 100));
        Assert.Equal(Pixel(picture, 20, 20), Pixel(picture, 100, 120));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public async Task Names_StandOutFromAnyBackground(byte background)
    {
        var picture = await DrawAsync(Grey(400, 200, background), new Annotation { Name = "dog", Remark = "0.86", Outline = [new(100, 100), new(300, 100), new(300, 180), new(100, 180)] });

        // Within the box of the name there are its colour and its letters, which contrast by more than 4.5 to 1 (WCAG 2.2, 1.4.3).
        var lights = Enumerable.Range(0, 14 * 40).Select(at => Light(Pixel(picture, 102 + (at % 40), 84 + (at / 40)))).ToArray();
        Assert.True((lights.Max() + 0.05) / (lights.Min() + 0.05) > 4.5);
    }

    [Fact]
    public async Task Names_StayInThePicture_AndBesideEachOther()
    {
        var picture = await DrawAsync(
            Grey(300, 120),
            new Annotation { Name = "first of two at the top", Outline = [new(290, 0), new(299, 0), new(299, 10), new(290, 10)] },
            new Annotation { Name = "second of two at the top", Outline = [new(290, 0), new(299, 0), new(299, 10), new(290, 10)] });

        var rows = Enumerable.Range(0, 120).Count(y => Pixel(picture, 200, y) != Pixel(picture, 5, 115));
        Assert.InRange(rows, 2 * 12, 70);
    }

    [Fact]
    public async Task Masks_DarkenWhatIsNotFound()
    {
        var picture = await DrawAsync(Grey(100, 60, 200), mask: Mask(50, 30));

        Assert.Equal(200, Pixel(picture, 10, 30).Red);
        Assert.InRange(Pixel(picture, 90, 30).Red, 45, 55);
    }

    [Fact]
    public async Task WhatLiesOutside_IsCutOff()
    {
        var picture = await DrawAsync(Grey(50, 50), new Annotation { Name = "far away", Outline = [new(-1e6f, -1e6f), new(1e6f, 1e6f)], Points = [new(float.NaN, 3)] });

        Assert.Equal((50, 50), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task WhatIsNoPicture_IsRefused()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => _annotator.AnnotateAsync("no picture"u8.ToArray(), [], null, CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    private static void AssertNear((byte Red, byte Green, byte Blue) expected, (byte Red, byte Green, byte Blue) actual)
    {
        Assert.InRange(actual.Red, expected.Red - 12, expected.Red + 12);
        Assert.InRange(actual.Green, expected.Green - 12, expected.Green + 12);
        Assert.InRange(actual.Blue, expected.Blue - 12, expected.Blue + 12);
    }

    private static byte[] Grey(int width, int height, byte light = 100) => TestFiles.Bmp(width, height, light, light, light);

    // The left half is found.
    private static byte[] Mask(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Gray8, SKAlphaType.Opaque);
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++) bitmap.SetPixel(x, y, x < width / 2 ? SKColors.White : SKColors.Black);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static double Light((byte Red, byte Green, byte Blue) pixel) => (0.2126 * Math.Pow(pixel.Red / 255.0, 2.2)) + (0.7152 * Math.Pow(pixel.Green / 255.0, 2.2)) + (0.0722 * Math.Pow(pixel.Blue / 255.0, 2.2));

    private static (byte Red, byte Green, byte Blue) Pixel(Picture picture, int x, int y)
    {
        var at = picture.Pixels.Span[(((y * picture.Width) + x) * 3)..];
        return (at[0], at[1], at[2]);
    }

    private Task<Picture> DrawAsync(byte[] file, params Annotation[] annotations) => DrawAsync(file, null, annotations);

    private async Task<Picture> DrawAsync(byte[] file, byte[]? mask, params Annotation[] annotations)
        => await _decoder.DecodeAsync(await _annotator.AnnotateAsync(file, annotations, mask is null ? default(ReadOnlyMemory<byte>?) : mask, CancellationToken.None), 0, 0, CancellationToken.None);
}
