using System.Threading.Channels;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client.Calls;

/// <summary>A call with items, to the caller, from it, or both; as many wait to be read as the host has credit for, and not one more.</summary>
internal sealed class StreamCall : PendingCall
{
    private readonly Channel<FrameBuffer> _items;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOver;

    /// <summary>Creates a call.</summary>
    /// <param name="credit">Items the host may send ahead, and those that may be pushed to it.</param>
    /// <param name="pushBytes">Bytes after which no more is pushed ahead.</param>
    public StreamCall(int credit, long pushBytes)
    {
        Pushes = new PushWindow(credit, pushBytes);
        _items = Channel.CreateBounded<FrameBuffer>(new BoundedChannelOptions(credit) { SingleReader = true, SingleWriter = false });
    }

    /// <summary>What may still be pushed.</summary>
    public PushWindow Pushes { get; }

    /// <summary>Completes with the response, or fails as the call does.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The items; ends with the response or its error.</summary>
    public ChannelReader<FrameBuffer> Items => _items.Reader;

    /// <summary>The response body, once the items have ended.</summary>
    public FrameBuffer Result { get; private set; }

    public override IThreadPoolWorkItem? Complete(ReadOnlyMemory<byte> result, FrameReader reader)
    {
        Result = FrameBuffer.Copy(result.Span);
        _items.Writer.TryComplete();
        Pushes.Close(new EdgeHostException(ErrorCode.FailedPrecondition, "The call has ended; the host takes no more items."));
        _ended.TrySetResult();
        return null;
    }

    public override void AddCredit(int items) => Pushes.Add(items);

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
        Pushes.Close(error);
        _ = _ended.Task.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _ended.TrySetException(error);
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
