using EdgeHost.Client.Calls;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Sessions;

/// <content>Calls with a stream of items.</content>
internal sealed partial class ClientSession
{
    /// <summary>Begins a call whose items go one way or both ways.</summary>
    public async ValueTask<OpenStream> OpenAsync<TBody>(string method, TBody body, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        var slots = _slots;
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        var call = new StreamCall(Host!.StreamCredit, Host.Limits.MaxPushBytes);
        var id = await SendRequestAsync(call, slots, method, body, options, cancellationToken).ConfigureAwait(false);
        return new OpenStream(this, id, call, cancellationToken);
    }

    /// <summary>Stops a call, on the host too; nothing if it has ended.</summary>
    public void Stop(uint id, PendingCall call, CancellationToken cancellationToken) => Abandon(id, call, new OperationCanceledException(cancellationToken));

    /// <summary>Sends an item of a call; its right was taken.</summary>
    public ValueTask SendPushAsync(uint id, ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        var frame = _connection.RentFrame();
        RpcWriter.BeginCallNotification(frame, Notifications.Push, id, otherParameters: 1);
        RpcWriter.AppendBody(frame, item);
        frame.Seal();
        if (frame.Length <= Host!.Limits.MaxFrameBytes && frame.IsComplete(Host.Limits.MaxFrameBytes, Host.Limits.MaxDepth)) return _connection.SendAsync(frame, cancellationToken);
        _connection.Recycle(frame);
        throw new EdgeHostException(ErrorCode.InvalidArgument, $"The item is not exactly one MessagePack value of at most {Host.Limits.MaxFrameBytes} bytes.");
    }

    /// <summary>Says that a call's items have all been pushed.</summary>
    public ValueTask SendEndAsync(uint id, CancellationToken cancellationToken)
    {
        var frame = _connection.RentFrame();
        RpcWriter.BeginCallNotification(frame, Notifications.End, id, otherParameters: 0);
        return _connection.SendAsync(frame, cancellationToken);
    }

    /// <summary>Allows the host more items.</summary>
    public void PostCredit(uint id, int items)
    {
        var frame = _connection.RentFrame();
        RpcWriter.BeginCallNotification(frame, Notifications.Credit, id, otherParameters: 1);
        var writer = new WireWriter(frame);
        writer.Write((long)items);
        writer.Flush();
        _connection.Post(frame);
    }
}
