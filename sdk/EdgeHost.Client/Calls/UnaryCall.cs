using System.Threading.Tasks.Sources;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client.Calls;

/// <summary>
/// A reusable call with one response. Who awaits it goes on where the completion is executed: a response on the thread that the reading chooses, an error on the
/// thread pool.
/// </summary>
internal sealed class UnaryCall : PendingCall, IValueTaskSource<FrameBuffer>, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<FrameBuffer> _source;
    private FrameBuffer _result;
    private Exception? _error;

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
        _error = null;
        _source.Reset();
    }

    public override IThreadPoolWorkItem? Complete(ReadOnlyMemory<byte> result, FrameReader reader)
    {
        if (OwnsResult && result.Length <= FrameReader.ReadBufferBytes)
        {
            var copy = result.ToArray();
            _result = new FrameBuffer(copy, pool: null, copy);
        }
        else
        {
            _result = reader.Detach(reader.Frame.Length - result.Length, result.Length);
        }

        return this;
    }

    public override void Accept(ReadOnlyMemory<byte> item)
        => throw new EdgeHostException(ErrorCode.FailedPrecondition, "The method answers with a stream of items; call it as a stream.");

    public override void Fail(Exception error)
    {
        _error = error;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_error is { } error)
        {
            _source.SetException(error);
            return;
        }

        // From here on the call may be another one's.
        var result = _result;
        _result = default;
        _source.SetResult(result);
    }

    FrameBuffer IValueTaskSource<FrameBuffer>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<FrameBuffer>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<FrameBuffer>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);
}
