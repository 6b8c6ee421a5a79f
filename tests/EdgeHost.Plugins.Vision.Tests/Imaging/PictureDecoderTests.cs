using System.Numerics;
using CsCheck;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.TestKit;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

public sealed class PictureDecoderTests : IDisposable
{
    private const int FullDetail = int.MaxValue;

    private readonly PixelMemoryPool _pool = new(1 << 20);
    private readonly PictureDecoder _decoder;

    public PictureDecoderTests() => _decoder = new PictureDecoder(new ImagingOptions(), _pool);

    public static TheoryData<string, byte[]> ReadableFiles => new()
    {
        { "PNG", TestPictures.Encode(40, 30, SKEncodedImageFormat.Png) },
        { "JPEG", TestPictures.Encode(40, 30, SKEncodedImageFormat.Jpeg) },
        { "WebP", TestPictures.Encode(40, 30, SKEncodedImageFormat.Webp) },
        { "BMP", TestPictures.EncodeBmp(TestPictures.Draw(40, 30)) },
    };

    public void Dispose()
    {
        // Every test, also of bad input, gives all pixel memory back.
        Assert.Equal(0, _pool.Outstanding);
        Assert.Equal(0, _pool.OutstandingBytes);
        _decoder.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [MemberData(nameof(ReadableFiles))]
    public async Task DecodeAsync_AcceptedFormat_GivesItsPixels(string format, byte[] file)
    {
        Assert.Equal(format, PictureFormat.Recognize(file));

        using var picture = await _decoder.DecodeAsync(file, FullDetail, default);

        AssertQuarters(picture, 40, 30);
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
    public async Task DecodeAsync_AnyExifOrientation_GivesTheUprightPicture(byte orientation)
    {
        // Larger than a tile of the transposition and no multiple of it.
        using var upright = TestPictures.Draw(88, 72);
        using var stored = TestPictures.Stored(upright, orientation);
        var file = JpegFile.WithOrientation(TestPictures.Encode(stored, SKEncodedImageFormat.Jpeg), orientation);

        using var picture = await _decoder.DecodeAsync(file, FullDetail, default);

        AssertQuarters(picture, 88, 72);
    }

    [Fact]
    public async Task DecodeAsync_HalfTransparent_IsLaidOnWhite()
    {
        using var bitmap = TestPictures.Draw(19, 3, alpha: 128);

        using var picture = await _decoder.DecodeAsync(TestPictures.Encode(bitmap, SKEncodedImageFormat.Png), FullDetail, default);

        AssertNear(TestPictures.Rgb(255, 127, 127), picture.Pixels.Pixels[0]);
        AssertNear(TestPictures.Rgb(255, 255, 127), picture.Pixels.Pixels[(19 * 3) - 1]);
    }

    [Fact]
    public async Task DecodeAsync_FullyTransparent_IsWhite()
    {
        using var bitmap = TestPictures.Draw(9, 9, alpha: 0);

        using var picture = await _decoder.DecodeAsync(TestPictures.Encode(bitmap, SKEncodedImageFormat.Png), FullDetail, default);

        Assert.All(picture.Pixels.Pixels.ToArray(), static pixel => Assert.Equal(0xFFFFFFFFu, pixel));
    }

    [Theory]
    [InlineData(8, PngFile.Grey)]
    [InlineData(16, PngFile.Grey)]
    [InlineData(16, PngFile.Rgb)]
    public async Task DecodeAsync_GreyOrSixteenBit_BecomesEightBitRgb(byte bits, byte colorType)
    {
        using var picture = await _decoder.DecodeAsync(PngFile.Solid(5, 4, bits, colorType, 0x80), FullDetail, default);

        Assert.All(picture.Pixels.Pixels.ToArray(), static pixel => AssertNear(TestPictures.Rgb(128, 128, 128), pixel));
    }

    [Theory]
    [InlineData(true, false, false, true, 255, 0, 0)]
    [InlineData(false, true, false, true, 0, 255, 0)]
    [InlineData(true, true, true, false, 0, 0, 0)]
    [InlineData(true, true, true, true, 255, 255, 255)]
    public async Task DecodeAsync_CmykJpeg_BecomesRgb(bool cyanFree, bool magentaFree, bool yellowFree, bool blackFree, byte red, byte green, byte blue)
    {
        using var picture = await _decoder.DecodeAsync(JpegFile.SolidCmyk(cyanFree, magentaFree, yellowFree, blackFree), FullDetail, default);

        Assert.Equal((8, 8), (picture.Width, picture.Height));
        AssertNear(TestPictures.Rgb(red, green, blue), picture.Pixels.Pixels[27]);
    }

    [Fact]
    public async Task DecodeAsync_OnePixel_IsDecoded()
    {
        using var picture = await _decoder.DecodeAsync(TestPictures.Encode(1, 1, SKEncodedImageFormat.Png), FullDetail, default);

        Assert.Equal((1, 1), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task DecodeAsync_LargeJpegWithLittleUsefulDetail_IsReducedButKeepsItsSize()
    {
        var file = JpegFile.WithOrientation(TestPictures.Encode(1600, 1200, SKEncodedImageFormat.Jpeg), 1);

        using var picture = await _decoder.DecodeAsync(file, 500, default);

        Assert.Equal((1600, 1200), (picture.Width, picture.Height));
        Assert.Equal((800, 600), (picture.Pixels.Width, picture.Pixels.Height));
        Assert.Equal((2, Vector2.Zero), (picture.Reduction, picture.Origin));
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
    public async Task ToFull_ReducedJpegOfOddSizeInAnyOrientation_FindsTheEdgesWhereTheyAre(byte orientation)
    {
        // No multiple of eight: the last reduced pixels stand for less of the picture than the others, and come first where it is turned.
        using var upright = TestPictures.Draw(1003, 757);
        using var stored = TestPictures.Stored(upright, orientation);
        var file = JpegFile.WithOrientation(TestPictures.Encode(stored, SKEncodedImageFormat.Jpeg), orientation);

        using var picture = await _decoder.DecodeAsync(file, 100, default);

        Assert.Equal((1003, 757, 8), (picture.Width, picture.Height, picture.Reduction));
        // Red on the left of green: the share of red in the row says where within the pixels the edge is. It is at the 502nd of 1003 columns, the 379th of 757 rows.
        var row = Enumerable.Range(0, picture.Pixels.Width).Sum(x => (byte)picture.Pixels.Pixels[(10 * picture.Pixels.Width) + x] / 255f);
        var column = Enumerable.Range(0, picture.Pixels.Height).Sum(y => 1 - ((byte)(picture.Pixels.Pixels[(y * picture.Pixels.Width) + 10] >> 16) / 255f));
        var edge = picture.ToFull(new Vector2(row, column));
        Assert.InRange(edge.X, 500, 504);
        Assert.InRange(edge.Y, 377, 381);
    }

    [Fact]
    public async Task DecodeAsync_AnimatedGif_IsItsFirstFrame()
    {
        byte[] frame(byte index) => [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, index, 1, 0];
        byte[] file = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255, .. frame(0x44), .. frame(0x4C), 0x3B];

        using var picture = await _decoder.DecodeAsync(file, FullDetail, default);

        Assert.Equal(TestPictures.Rgb(255, 0, 0), picture.Pixels.Pixels[0]);
    }

    [Fact]
    public async Task DecodeAsync_LargePngWithLittleUsefulDetail_IsNotReduced()
    {
        using var picture = await _decoder.DecodeAsync(TestPictures.Encode(640, 480, SKEncodedImageFormat.Png), 100, default);

        Assert.Equal(640, picture.Pixels.Width);
    }

    [Fact]
    public async Task DecodeAsync_NoBytes_SaysThatTheImageIsEmpty()
        => Assert.Contains("empty", await InvalidAsync([]), StringComparison.Ordinal);

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("B")]
    [InlineData("RIFF....WAVEfmt ")]
    public async Task DecodeAsync_NotAPicture_NamesTheAcceptedFormats(string content)
        => Assert.Contains("PNG, JPEG, WebP, BMP or GIF", await InvalidAsync(System.Text.Encoding.ASCII.GetBytes(content)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(ReadableFiles))]
    public async Task DecodeAsync_CutOffAnywhereInTheFirstHalf_IsAnInvalidArgument(string format, byte[] file)
    {
        for (var length = 1; length < file.Length / 2; length += Math.Max(1, file.Length / 64))
        {
            var message = await InvalidAsync(file[..length]);
            Assert.True(
                message.Contains(format, StringComparison.Ordinal) || message.Contains("not an image", StringComparison.Ordinal),
                $"{length} bytes: {message}");
        }
    }

    [Fact]
    public async Task DecodeAsync_RandomBytesBehindAnySignature_IsAnInvalidArgument()
    {
        byte[][] signatures = [.. ReadableFiles.Select(static row => ((byte[])row[1])[..24]), [.. "GIF89a"u8], []];
        foreach (var signature in signatures)
        {
            var samples = new List<byte[]>();
            Gen.Byte.Array[0, 400].Sample(samples.Add, iter: 40, threads: 1);
            foreach (var sample in samples)
            {
                await TryAsync([.. signature, .. sample]);
            }
        }
    }

    [Fact]
    public async Task DecodeAsync_ByteFlippedAnywhere_DecodesOrIsAnInvalidArgument()
    {
        foreach (var row in ReadableFiles)
        {
            var file = (byte[])row[1];
            for (var i = 0; i < file.Length; i += Math.Max(1, file.Length / 150))
            {
                var damaged = file.ToArray();
                damaged[i] ^= 0x5A;
                await TryAsync(damaged);
            }
        }
    }

    [Fact]
    public async Task DecodeAsync_TwentyThousandPixelsASide_IsRefusedBeforeMemoryIsTaken()
    {
        var file = PngFile.Solid(20_000, 20_000, 1, PngFile.Grey, 0);

        var message = await InvalidAsync(file);

        Assert.Contains("20,000 x 20,000", message, StringComparison.Ordinal);
        Assert.Contains("16,384", message, StringComparison.Ordinal);
        Assert.Equal(0, _pool.RetainedBytes);
    }

    [Fact]
    public async Task DecodeAsync_MorePixelsThanAllowed_NamesBothFigures()
    {
        var message = await InvalidAsync(PngFile.Solid(10_000, 8_000, 1, PngFile.Grey, 0));

        Assert.Contains("80,000,000", message, StringComparison.Ordinal);
        Assert.Contains("50,000,000", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecodeAsync_MoreBytesThanAllowed_NamesBothFigures()
    {
        using var decoder = new PictureDecoder(new ImagingOptions { MaxEncodedBytes = 1_000 }, _pool);

        var e = await Assert.ThrowsAsync<EdgeHostException>(async () => await decoder.DecodeAsync(new byte[1_001], FullDetail, default));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        Assert.Contains("1,001", e.Message, StringComparison.Ordinal);
        Assert.Contains("1,000", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecodeAsync_Cancelled_GivesNothingAndKeepsNoMemory()
        => await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await _decoder.DecodeAsync(TestPictures.Encode(4, 4, SKEncodedImageFormat.Png), FullDetail, new CancellationToken(true)));

    [Fact]
    public async Task DecodeAsync_FromTheSamples_IsUprightAndOpaque()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples", "Photos", "page.jpg"));

        using var picture = await _decoder.DecodeAsync(file, FullDetail, default);

        Assert.Equal((1200, 900), (picture.Pixels.Width, picture.Pixels.Height));
    }

    private static void AssertQuarters(DecodedPicture picture, int width, int height)
    {
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal((width, height), (picture.Pixels.Width, picture.Pixels.Height));
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var x = (width / 4) + (quarter % 2 * width / 2);
            var y = (height / 4) + (quarter / 2 * height / 2);
            AssertNear(TestPictures.Quarters[quarter], picture.Pixels.Pixels[(y * width) + x], 12);
        }
    }

    private static void AssertNear(uint expected, uint actual, int tolerance = 2)
    {
        for (var shift = 0; shift < 24; shift += 8)
        {
            var difference = Math.Abs((byte)(expected >> shift) - (byte)(actual >> shift));
            Assert.True(difference <= tolerance, $"expected {expected:X8}, got {actual:X8}");
        }
    }

    private async Task<string> InvalidAsync(byte[] file)
    {
        var e = await Assert.ThrowsAsync<EdgeHostException>(async () => (await _decoder.DecodeAsync(file, FullDetail, default)).Dispose());
        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        return e.Message;
    }

    private async Task TryAsync(byte[] file)
    {
        try
        {
            (await _decoder.DecodeAsync(file, FullDetail, default)).Dispose();
        }
        catch (EdgeHostException e)
        {
            Assert.Equal(ErrorCode.InvalidArgument, e.Code);
        }
    }
}
