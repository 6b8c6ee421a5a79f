using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Watching;

namespace EdgeHost.Plugins.Vision.Tests.Watching;

/// <summary>Frames that come faster than they are looked at.</summary>
public sealed class LatestFrameTests : IDisposable
{
    private readonly PixelMemoryPool _pool = new(1 << 20);
    private readonly PictureDecoder _decoder;

    public LatestFrameTests() => _decoder = new PictureDecoder(new ImagingOptions { MaxEncodedBytes = 100 }, _pool);

    public void Dispose() => _decoder.Dispose();

    [Fact]
    public async Task Frames_ThatNobodyWaitedFor_AreDroppedButForTheNewest()
    {
        using var latest = new LatestFrame(_decoder);
        await latest.FillAsync(Frames(Bmp(1), Bmp(2), Bmp(3)), CancellationToken.None);

        var seen = await ReadAsync(latest);

        var (number, last, problem) = Assert.Single(seen);
        Assert.Equal((2, 3), (number, last));
        Assert.Null(problem);
        Assert.Equal(3, latest.Frames);
    }

    [Fact]
    public async Task Frames_AreCopied_SinceAPushIsGoneWithTheNext()
    {
        var pushes = Channel.CreateUnbounded<VideoFrame>();
        using var latest = new LatestFrame(_decoder);
        var filling = latest.FillAsync(pushes.Reader.ReadAllAsync(), CancellationToken.None);
        var bytes = Bmp(1);
        await pushes.Writer.WriteAsync(new VideoFrame { Image = bytes, TimeMs = 40 });
        var frames = latest.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync());
        bytes[^1] = 99;

        Assert.Equal(1, frames.Current.Image.Span[^1]);
        Assert.Equal(40, frames.Current.TimeMs);
        frames.Current.Dispose();
        pushes.Writer.Complete();
        Assert.False(await frames.MoveNextAsync());
        await filling;
    }

    [Theory]
    [InlineData(0, "is empty")]
    [InlineData(10, "not an image")]
    [InlineData(101, "at most 100 are taken")]
    public async Task WhatIsNoPicture_IsAProblemOfItsFrameAlone(int bytes, string words)
    {
        using var latest = new LatestFrame(_decoder);
        await latest.FillAsync(Frames(new byte[bytes]), CancellationToken.None);

        var seen = Assert.Single(await ReadAsync(latest));

        Assert.Contains(words, seen.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailureOfTheStream_ReachesTheReader()
    {
        using var latest = new LatestFrame(_decoder);
        await latest.FillAsync(Failing(), CancellationToken.None);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ReadAsync(latest));
        Assert.Equal(ErrorCode.DataLoss, error.Code);
    }

    private static async IAsyncEnumerable<VideoFrame> Frames(params byte[][] images)
    {
        foreach (var image in images)
        {
            await Task.CompletedTask;
            yield return new VideoFrame { Image = image };
        }
    }

    private static async IAsyncEnumerable<VideoFrame> Failing([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return new VideoFrame { Image = Bmp(1) };
        throw new EdgeHostException(ErrorCode.DataLoss, "The stream broke.");
    }

    private static byte[] Bmp(byte last) => [.. "BM"u8, .. new byte[60], last];

    private static async Task<List<(long Number, int Last, string? Problem)>> ReadAsync(LatestFrame latest)
    {
        var seen = new List<(long, int, string?)>();
        await foreach (var frame in latest.ReadAllAsync(CancellationToken.None))
        {
            using (frame) seen.Add((frame.Number, frame.Problem is null ? frame.Image.Span[^1] : -1, frame.Problem));
        }

        return seen;
    }
}
