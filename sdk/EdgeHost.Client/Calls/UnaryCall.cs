using System.Threading.Tasks.Sources;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client.Calls;

/// <summary>A reusable call with one response. Continuations run on the thread pool, never on the reading thread.</summary>
internal sealed class UnaryCall : PendingCall, IValueTaskSource<FrameBuffer>
{
    private ManualResetValueTaskSourceCore<FrameBuffer> _source = new() { RunContinuationsAsynchronously = true };

    /// <summary>Whether the result must outlive any pool: it is then in memory of its own.</summary>
    public bool OwnsResult { get; set; }

    /// <summary>Whether it is one of the client's own that the host answers while it reads.</summary>
    public bool IsPing { get; init; }

    public override bool HoldsSlot => !IsPing;

    /// <summary>The response. Await it once; then the call may be used again after <see cref="Reset"/>.</summary>
    public ValueTask<FrameBuffer> Response => new(this, _source.Version);

    public void Reset()
    {
        Info = null;
        _source.Reset();
    }

    public override void Complete(ReadOnlyMemory<byte> result, FrameReader reader)
    {
        if (OwnsResult && result.Length <= FrameReader.ReadBufferBytes)
        {
            var copy = result.ToArray();
            _source.SetResult(new FrameBuffer(copy, pool: null, copy));
            return;
        }

        _source.SetResult(reader.Detach(reader.Frame.Length - result.Length, result.Length));
    }

    public override void Accept(ReadOnlyMemory<byte> item)
        => throw new EdgeHostException(ErrorCode.FailedPrecondition, "The method answers with a stream of items; call it as a stream.");

    public override void Fail(Exception error) => _source.SetException(error);

    FrameBuffer IValueTaskSource<FrameBuffer>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<FrameBuffer>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<FrameBuffer>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);
}
