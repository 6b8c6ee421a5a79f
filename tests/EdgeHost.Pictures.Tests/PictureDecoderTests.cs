using System.Text;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace EdgeHost.Pictures.Tests;

public sealed class PictureDecoderTests : IDisposable
{
    private readonly PictureDecoder _decoder = new(Options.Create(new PictureOptions()));

    public void Dispose() => _decoder.Dispose();

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 0)]
    [InlineData(SKEncodedImageFormat.Jpeg, 12)]
    [InlineData(SKEncodedImageFormat.Webp, 12)]
    public async Task Formats_GiveTheirPixels(SKEncodedImageFormat format, int tolerance)
    {
        var picture = await DecodeAsync(TestFiles.Encode(40, 30, format));

        AssertQuarters(picture, 40, 30, tolerance);
    }

    [Fact]
    public async Task Bmp_AndTheFirstPictureOfAGif_GiveTheirPixels()
    {
        Assert.Equal([10, 20, 30, 10, 20, 30], (await DecodeAsync(TestFiles.Bmp(2, 1, 10, 20, 30))).Pixels.ToArray());
        Assert.Equal([255, 0, 0], (await DecodeAsync(TestFiles.Gif)).Pixels.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Orientations_AreApplied_AlsoToWhatIsDecodedSmaller(int orientation)
    {
        var file = TestFiles.Encode(160, 96, SKEncodedImageFormat.Jpeg, orientation: orientation);

        AssertQuarters(await DecodeAsync(file), 160, 96, 12);
        AssertQuarters(await DecodeAsync(file, 40, 24), 40, 24, 12);
    }

    [Theory]
    [InlineData(0, 255, 255, 255)]
    [InlineData(128, 255, 127, 127)]
    public async Task Transparent_IsOnWhite(byte alpha, int red, int green, int blue)
    {
        var pixels = (await DecodeAsync(TestFiles.Encode(8, 8, SKEncodedImageFormat.Png, alpha))).Pixels.ToArray();

        Assert.InRange(pixels[0], red - 1, red);
        Assert.InRange(pixels[1], green - 1, green + 1);
        Assert.InRange(pixels[2], blue - 1, blue + 1);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, 100, 60, 200, 120)]
    [InlineData(SKEncodedImageFormat.Jpeg, 101, 60, 400, 240)]
    [InlineData(SKEncodedImageFormat.Jpeg, 400, 1, 800, 480)]
    [InlineData(SKEncodedImageFormat.Jpeg, 900, 900, 800, 480)]
    [InlineData(SKEncodedImageFormat.Jpeg, 0, 0, 800, 480)]
    [InlineData(SKEncodedImageFormat.Png, 10, 10, 800, 480)]
    public async Task LargeJpegs_AreDecodedSmaller_NeverBelowWhatIsWanted(SKEncodedImageFormat format, int leastWidth, int leastHeight, int mostWidth, int mostHeight)
    {
        var file = TestFiles.Encode(800, 480, format);

        var picture = await DecodeAsync(file, leastWidth, leastHeight);

        Assert.InRange(picture.Width, Math.Min(leastWidth, 800), mostWidth);
        Assert.InRange(picture.Height, Math.Min(leastHeight, 480), mostHeight);
        if (leastWidth == 0 || format == SKEncodedImageFormat.Png) Assert.Equal((800, 480), (picture.Width, picture.Height));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task SameBytes_GiveTheSameFloats_OnManyThreads(SKEncodedImageFormat format)
    {
        var file = TestFiles.Encode(203, 151, format);
        var spec = PreprocessingSpec.FromJson("""{"steps":[{"kind":"resize","width":24,"height":17},{"kind":"pixels","layout":"planes"}]}""");
        var preprocessor = new Preprocessor(spec, ExampleKind.Image, _decoder);
        var first = await preprocessor.ApplyAsync(file);

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await preprocessor.ApplyAsync(file.ToArray()))));

        Assert.Equal(24 * 17 * 3, first.Length);
        Assert.All(all, vector => Assert.Equal(first, vector));
    }

    [Fact]
    public async Task NotPictures_NameWhatIsTaken()
    {
        Assert.Contains("no bytes", await WrongAsync([]), StringComparison.Ordinal);
        foreach (var content in new[] { "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "B", "RIFF....WAVEfmt " })
        {
            Assert.Contains("JPEG, PNG, WebP, BMP or GIF", await WrongAsync(Encoding.ASCII.GetBytes(content)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task CutOffAnywhere_IsSaid(SKEncodedImageFormat format)
    {
        var file = TestFiles.Encode(64, 48, format);
        for (var length = 1; length < file.Length / 2; length += Math.Max(1, file.Length / 50)) await WrongAsync(file[..length]);
    }

    [Fact]
    public async Task DamagedAnywhere_IsDecodedOrSaid()
    {
        byte[][] files = [TestFiles.Encode(40, 30, SKEncodedImageFormat.Png), TestFiles.Encode(40, 30, SKEncodedImageFormat.Jpeg), TestFiles.Encode(40, 30, SKEncodedImageFormat.Webp), TestFiles.Bmp(9, 9, 1, 2, 3), TestFiles.Gif];
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var file = files[seed % files.Length].ToArray();
            for (var i = random.Next(1, 5); i > 0; i--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                var picture = await DecodeAsync(file, random.Next(50), random.Next(50));
                Assert.Equal(picture.Width * picture.Height * 3, picture.Pixels.Length);
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            }
        }
    }

    [Theory]
    [InlineData(65_535, 1, "MaxSide")]
    [InlineData(10_000, 10_000, "MaxPixels")]
    [InlineData(7_000, 7_000, "MaxMemoryBytes")]
    public async Task HugeSizes_AreRefused_BeforeMemoryIsTaken(int width, int height, string key)
    {
        var file = TestFiles.PngHeader(width, height);
        await WrongAsync(TestFiles.PngHeader(1, 1));
        var before = Environment.WorkingSet;

        var problem = await WrongAsync(file);

        Assert.Contains($"{width} x {height}", problem, StringComparison.Ordinal);
        Assert.Contains($"Pictures:{key}", problem, StringComparison.Ordinal);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100 << 20);
    }

    [Fact]
    public async Task LargeJpeg_ThatNeedsTooMuchMemory_IsTakenWhereItIsMadeSmaller()
    {
        using var small = new PictureDecoder(Options.Create(new PictureOptions { MaxMemoryBytes = 64 << 10 }));
        var file = TestFiles.Encode(800, 480, SKEncodedImageFormat.Jpeg);

        var whole = await Assert.ThrowsAsync<EdgeHostException>(async () => await small.DecodeAsync(file, 0, 0, default));
        var scaled = await small.DecodeAsync(file, 32, 32, default);

        Assert.Contains("Pictures:MaxMemoryBytes", whole.Message, StringComparison.Ordinal);
        Assert.Equal((100, 60), (scaled.Width, scaled.Height));
    }

    [Fact]
    public async Task FilesThatAreTooLong_OrHaveTooManyScans_AreRefused()
    {
        using var small = new PictureDecoder(Options.Create(new PictureOptions { MaxFileBytes = 1 << 10 }));
        var tooLong = await Assert.ThrowsAsync<EdgeHostException>(async () => await small.DecodeAsync(new byte[1025], 0, 0, default));
        var jpeg = TestFiles.Encode(16, 16, SKEncodedImageFormat.Jpeg);
        byte[] scans = [.. jpeg, .. Enumerable.Repeat<byte[]>([0xFF, 0xDA, 0, 8], 200).SelectMany(static marker => marker)];

        Assert.Contains("Pictures:MaxFileBytes", tooLong.Message, StringComparison.Ordinal);
        Assert.Contains("scans", await WrongAsync(scans), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_WhileItWaits_Ends()
        => await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _decoder.DecodeAsync(TestFiles.Gif, 0, 0, new CancellationToken(canceled: true)));

    [Fact]
    public void Options_OutOfRange_AreNamed()
    {
        using var services = new ServiceCollection().AddEdgeHostPictures(static options => (options.MaxSide, options.MaxConcurrentDecodes) = (0, 65)).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IPictureDecoder>);

        Assert.Equal(2, error.Failures.Count());
        Assert.Contains("Pictures:MaxSide is 0; allowed are 1 to 65535.", error.Message, StringComparison.Ordinal);
    }

    private async Task<Picture> DecodeAsync(byte[] file, int leastWidth = 0, int leastHeight = 0) => await _decoder.DecodeAsync(file, leastWidth, leastHeight, default);

    private async Task<string> WrongAsync(byte[] file)
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await DecodeAsync(file));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        return error.Message;
    }

    private static void AssertQuarters(Picture picture, int width, int height, int tolerance)
    {
        Assert.Equal((width, height, 3), (picture.Width, picture.Height, picture.Channels));
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var at = (((((quarter / 2 * 2) + 1) * height / 4) * width) + (((quarter % 2 * 2) + 1) * width / 4)) * 3;
            var (red, green, blue) = TestFiles.Quarters[quarter];
            Assert.InRange(picture.Pixels.Span[at], red - tolerance, red + tolerance);
            Assert.InRange(picture.Pixels.Span[at + 1], green - tolerance, green + tolerance);
            Assert.InRange(picture.Pixels.Span[at + 2], blue - tolerance, blue + tolerance);
        }
    }
}
