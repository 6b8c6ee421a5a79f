using System.Runtime.CompilerServices;
using EdgeHost.Client.Calls;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client.Sessions;

/// <summary>A call under way whose items go one way or both ways. One thread pushes at a time, another may read.</summary>
internal sealed class OpenStream : IAsyncDisposable
{
    private readonly ClientSession _session;
    private readonly uint _id;
    private readonly CancellationTokenRegistration _registration;
    private int _taken;
    private bool _isComplete;

    public OpenStream(ClientSession session, uint id, StreamCall call, CancellationToken cancellationToken)
    {
        _session = session;
        _id = id;
        Call = call;
        _registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var stream = (OpenStream)state!;
                stream._session.Stop(stream._id, stream.Call, token);
            },
            this);
    }

    /// <summary>The call.</summary>
    public StreamCall Call { get; }

    /// <summary>Sends an item, waiting while the host has no room for it.</summary>
    /// <exception cref="EdgeHostException">The call has ended, and how.</exception>
    public async ValueTask PushAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        await Call.Pushes.TakeAsync(item.Length, cancellationToken).ConfigureAwait(false);
        try
        {
            await _session.SendPushAsync(_id, item, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Cancelled before it was queued, or not an item: either way the host has not seen it.
            Call.Pushes.Return();
            throw;
        }
    }

    /// <summary>Says that nothing more is pushed.</summary>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
        => Call.Ended.IsCompleted || Interlocked.Exchange(ref _isComplete, true) ? ValueTask.CompletedTask : _session.SendEndAsync(_id, cancellationToken);

    /// <summary>The items; the reader releases each. They end with the response, or fail as the call does.</summary>
    public async IAsyncEnumerable<FrameBuffer> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var credit = _session.Host!.StreamCredit;
        await foreach (var item in Call.Items.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
            if (++_taken < (credit + 1) / 2) continue;
            _session.PostCredit(_id, _taken);
            _taken = 0;
        }
    }

    /// <summary>Stops the call unless it has ended, and gives back what nobody read.</summary>
    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync().ConfigureAwait(false);
        _session.Stop(_id, Call, CancellationToken.None);
        Call.Release();
    }
}
