using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client.Calls;

/// <summary>A reusable call with one response whose caller blocks.</summary>
internal sealed class BlockingCall : PendingCall
{
    private FrameBuffer _result;
    private Exception? _error;

    public override bool ReadsItself => true;

    /// <summary>What the caller waits with.</summary>
    public ReadingWaiter Waiter { get; } = new();

    /// <summary>The result, once the waiter is done; the caller releases it.</summary>
    /// <exception cref="EdgeHostException">The call failed.</exception>
    public FrameBuffer TakeResult()
    {
        if (_error is not null) throw _error;
        var result = _result;
        _result = default;
        return result;
    }

    public void Reset()
    {
        Info = null;
        _error = null;
        _result = default;
        Waiter.Clear();
    }

    public override IThreadPoolWorkItem? Complete(ReadOnlyMemory<byte> result, FrameReader reader)
    {
        _result = reader.Detach(reader.Frame.Length - result.Length, result.Length);
        Waiter.SetDone();
        return null;
    }

    public override void Accept(ReadOnlyMemory<byte> item)
        => throw new EdgeHostException(ErrorCode.FailedPrecondition, "The method answers with a stream of items; call it as a stream.");

    public override void Fail(Exception error)
    {
        _error = error;
        Waiter.SetDone();
    }
}
