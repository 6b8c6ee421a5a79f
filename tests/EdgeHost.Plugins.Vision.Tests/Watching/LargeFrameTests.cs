using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Tests.Imaging;
using EdgeHost.Plugins.Vision.Watching;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests.Watching;

/// <summary>A camera of 8K whose frames come faster than they can be looked at.</summary>
public sealed class LargeFrameTests : IDisposable
{
    private const int Width = 7680;
    private const int Height = 4320;
    private const int Frames = 40;
    private const int Looks = 4;
    private const long DecodedBytes = 4L * Width * Height;

    private readonly PixelMemoryPool _pool = new(0);
    private readonly PictureDecoder _decoder;

    public LargeFrameTests() => _decoder = new PictureDecoder(new ImagingOptions(), _pool);

    public void Dispose()
    {
        Assert.Equal(0, _pool.Outstanding);
        _decoder.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, DecodedBytes / 16)]
    [InlineData(SKEncodedImageFormat.Png, DecodedBytes)]
    public async Task StaleFrames_AreDropped_AndOneAtATimeIsDecoded(SKEncodedImageFormat format, long mostPixelBytes)
    {
        var file = Encode(format);
        using var latest = new LatestFrame(_decoder);
        using var looked = new SemaphoreSlim(0);
        var filling = latest.FillAsync(PushAsync(file, looked), CancellationToken.None);
        var (last, dropped, most) = (-1L, 0L, 0L);
        await foreach (var frame in latest.ReadAllAsync(CancellationToken.None))
        {
            using (frame)
            {
                Assert.Null(frame.Problem);
                dropped += frame.Number - last - 1;
                last = frame.Number;
                using var picture = await _decoder.DecodeAsync(frame.Image, usefulSide: 512, CancellationToken.None);
                Assert.Equal((Width, Height), (picture.Width, picture.Height));
                most = Math.Max(most, _pool.OutstandingBytes);
            }

            looked.Release();
        }

        await filling;
        Assert.Equal((Frames, Frames - 1), (latest.Frames, last));

        // Ten pushes at each look, of which the newest counts.
        Assert.InRange(dropped, Frames / 2, Frames - 1);
        Assert.InRange(most, 1, mostPixelBytes + (1 << 20));
    }

    [Fact]
    public async Task UncompressedFrame_LargerThanAllowed_IsAProblemAndNotCopied()
    {
        using var latest = new LatestFrame(_decoder);
        var bytes = new byte[(DecodedBytes * 3 / 4) + 54];
        "BM"u8.CopyTo(bytes);
        await latest.FillAsync(Once(bytes), CancellationToken.None);
        await foreach (var frame in latest.ReadAllAsync(CancellationToken.None))
        {
            using (frame)
            {
                Assert.Contains("at most", frame.Problem, StringComparison.Ordinal);
                Assert.Equal(0, frame.Image.Length);
            }
        }
    }

    private static async IAsyncEnumerable<VideoFrame> PushAsync(byte[] file, SemaphoreSlim looked)
    {
        for (var i = 0; i < Frames; i++)
        {
            yield return new VideoFrame { Image = file };

            // The reader has looked at one before the next ten come.
            if (i % (Frames / Looks) == (Frames / Looks) - 1) Assert.True(await looked.WaitAsync(TimeSpan.FromMinutes(2)), "nobody looked at a frame");
        }
    }

    private static async IAsyncEnumerable<VideoFrame> Once(byte[] file)
    {
        await Task.CompletedTask;
        yield return new VideoFrame { Image = file };
    }

    private static byte[] Encode(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(40, 90, 160));
        return TestPictures.Encode(bitmap, format);
    }
}
