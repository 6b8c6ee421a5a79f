using System.Threading.Channels;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client.Calls;

/// <summary>A call with items; as many wait to be read as the host has credit for, and not one more.</summary>
internal sealed class StreamCall : PendingCall
{
    private readonly Channel<FrameBuffer> _items;
    private volatile bool _isOver;

    /// <summary>Creates a call.</summary>
    /// <param name="credit">Items the host may send ahead.</param>
    public StreamCall(int credit)
        => _items = Channel.CreateBounded<FrameBuffer>(new BoundedChannelOptions(credit) { SingleReader = true, SingleWriter = false });

    /// <summary>The items; ends with the response or its error.</summary>
    public ChannelReader<FrameBuffer> Items => _items.Reader;

    /// <summary>The response body, once the items have ended.</summary>
    public FrameBuffer Result { get; private set; }

    public override void Complete(ReadOnlyMemory<byte> result, FrameReader reader)
    {
        Result = FrameBuffer.Copy(result.Span);
        _items.Writer.TryComplete();
    }

    public override void Accept(ReadOnlyMemory<byte> item)
    {
        var buffer = FrameBuffer.Copy(item.Span);
        if (_items.Writer.TryWrite(buffer)) return;
        buffer.Release();
        if (_isOver) return;
        throw new EdgeHostException(ErrorCode.Internal, "The host sent more items than it has credit for.");
    }

    public override void Fail(Exception error)
    {
        _isOver = true;
        _items.Writer.TryComplete(error);
    }

    /// <summary>Gives back what nobody read. Call after the call left the table.</summary>
    public void Release()
    {
        while (_items.Reader.TryRead(out var item))
        {
            item.Release();
        }

        var result = Result;
        Result = default;
        result.Release();
    }
}
