using System.Threading.Channels;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Imaging;

namespace EdgeHost.Plugins.Vision.Watching;

/// <summary>The newest frame of a stream: one place, in which a newer frame takes that of an older one. One writer and one reader.</summary>
internal sealed class LatestFrame : IDisposable
{
    private readonly PictureDecoder _decoder;
    private readonly Channel<FrameCopy> _place;

    public LatestFrame(PictureDecoder decoder)
    {
        _decoder = decoder;
        var options = new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true };
        _place = Channel.CreateBounded<FrameCopy>(options, static stale => stale.Dispose());
    }

    /// <summary>Frames that were pushed so far. The writer's to read until it has ended.</summary>
    public long Frames { get; private set; }

    /// <summary>Takes what is pushed until it ends; the reader then gets the last frame and the end, or what went wrong.</summary>
    public async Task FillAsync(IAsyncEnumerable<VideoFrame> pushes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var push in pushes.WithCancellation(cancellationToken).ConfigureAwait(false)) _place.Writer.TryWrite(Copy(push, Frames++));
            _place.Writer.TryComplete();
        }
        catch (Exception e)
        {
            // Not hidden: the reader throws it.
            _place.Writer.TryComplete(e);
        }
    }

    /// <summary>Frames as the reader gets to them, which it disposes; others were dropped meanwhile.</summary>
    public IAsyncEnumerable<FrameCopy> ReadAllAsync(CancellationToken cancellationToken) => _place.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Gives a waiting frame back; once the writer has ended.</summary>
    public void Dispose()
    {
        while (_place.Reader.TryRead(out var left)) left.Dispose();
    }

    private FrameCopy Copy(VideoFrame push, long number)
    {
        try
        {
            _decoder.Check(push.Image.Span);
            return FrameCopy.Of(number, push.TimeMs, push.Image.Span);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            return FrameCopy.Unusable(number, push.TimeMs, e.Message);
        }
    }
}
