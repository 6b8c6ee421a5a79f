using System.Runtime.CompilerServices;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Streams;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Serialization;

namespace EdgeHost.Ipc.Calls;

/// <content>Items in both directions; what most calls never use is made when it is.</content>
internal sealed partial class ServerCall : IItemSink, IItemSource
{
    private CreditGate? _credit;
    private PushQueue? _pushes;
    private FrameScanner? _itemScanner;
    private bool _isRead;

    private CreditGate Credit
        => Volatile.Read(ref _credit) ?? Interlocked.CompareExchange(ref _credit, new CreditGate(_connection.Options.StreamCredit), null) ?? _credit!;

    private PushQueue Pushes
        => Volatile.Read(ref _pushes)
            ?? Interlocked.CompareExchange(ref _pushes, new PushQueue(_connection.Options.StreamCredit, _connection.Options.PushQueueBytes), null)
            ?? _pushes!;

    /// <summary>Gives credit for items.</summary>
    public void AddCredit(int items) => Credit.Add(items);

    /// <summary>Takes an item that the client pushed; the call ends if it had no right to. By the reading thread.</summary>
    public void Push(ReadOnlyMemory<byte> item)
    {
        try
        {
            Pushes.Add(FrameBuffer.Copy(item.Span));
        }
        catch (EdgeHostException e)
        {
            Fail(e);
        }
    }

    /// <summary>The client pushes no more. By the reading thread.</summary>
    public void EndPushes()
    {
        try
        {
            Pushes.End();
        }
        catch (EdgeHostException e)
        {
            Fail(e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        CheckItem(item.Span);
        using var linked = Link(cancellationToken, out var stop);
        await Credit.TakeAsync(stop).ConfigureAwait(false);
        var frame = _connection.Transport.RentFrame();
        RpcWriter.BeginCallNotification(frame, Notifications.Item, Id, otherParameters: 1);
        item.Span.CopyTo(frame.GetSpan(item.Length));
        frame.Advance(item.Length);
        await _connection.Transport.SendAsync(frame, stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRead, true)) throw new InvalidOperationException($"The items of '{Method}' are enumerated already.");
        using var linked = Link(cancellationToken, out var stop);
        while (await Pushes.TakeAsync(stop).ConfigureAwait(false) is { } item)
        {
            try
            {
                yield return item.Memory;
            }
            finally
            {
                item.Release();
            }

            if (Pushes.TakeCredit() is var credit and > 0) await GiveCreditAsync(credit, stop).ConfigureAwait(false);
        }
    }

    // Handlers may send from several threads.
    private void CheckItem(ReadOnlySpan<byte> item)
    {
        lock (_cancellation)
        {
            _itemScanner ??= new FrameScanner(_connection.Options.MaxFrameBytes, _connection.Options.MaxDepth);
            _itemScanner.Reset();
            if (_itemScanner.Consume(item, out var consumed) && consumed == item.Length) return;
        }

        throw new EdgeHostException(ErrorCode.Internal, "The item is not exactly one MessagePack value.");
    }

    private async ValueTask GiveCreditAsync(int items, CancellationToken cancellationToken)
    {
        var frame = _connection.Transport.RentFrame();
        RpcWriter.BeginCallNotification(frame, Notifications.Credit, Id, otherParameters: 1);
        var writer = new WireWriter(frame);
        writer.Write((long)items);
        writer.Flush();
        await _connection.Transport.SendAsync(frame, cancellationToken).ConfigureAwait(false);
    }

    // Handlers mostly pass the call's own token, and then there is nothing to link.
    private CancellationTokenSource? Link(CancellationToken token, out CancellationToken either)
    {
        either = _cancellation.Token;
        if (!token.CanBeCanceled || token == either) return null;
        var linked = CancellationTokenSource.CreateLinkedTokenSource(token, either);
        either = linked.Token;
        return linked;
    }
}
