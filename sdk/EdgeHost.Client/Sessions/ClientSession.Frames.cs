using EdgeHost.Client.Calls;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Sessions;

/// <content>What the host sends.</content>
internal sealed partial class ClientSession
{
    // Whether this thread still reads.
    private bool OnResponse(in RpcMessage message, FrameReader reader)
    {
        if (!_calls.TryTake(message.Id, out var call)) return true;
        Regions?.End(message.Id);
        Free(call);
        if (call is null) return true;
        if (message.First.Span[0] == NilTag) return call.Complete(message.Second, reader) is not { } continuation || _reading.Resume(continuation);

        EdgeHostException error;
        try
        {
            error = ErrorBody.Read(message.First);
        }
        catch (EdgeHostException e)
        {
            error = new EdgeHostException(ErrorCode.Internal, "The host sent an error that is not readable.", e);
        }

        call.Fail(error);
        return true;
    }

    private void OnNotification(in RpcMessage message)
    {
        var reader = new WireReader(message.First);
        if (message.Method.SequenceEqual("$/item"u8))
        {
            reader.EnterArray();
            var id = (uint)reader.ReadInt64(0, uint.MaxValue);
            if (_calls.Find(id) is not { } call) return;
            try
            {
                call.Accept(reader.ReadRaw());
            }
            catch (EdgeHostException e)
            {
                Abandon(id, call, e);
            }
        }
        else if (message.Method.SequenceEqual("$/credit"u8))
        {
            reader.EnterArray();
            var id = (uint)reader.ReadInt64(0, uint.MaxValue);
            _calls.Find(id)?.AddCredit((int)reader.ReadInt64(1, MostCreditAtOnce));
        }
        else if (message.Method.SequenceEqual("$/info"u8))
        {
            reader.EnterArray();
            var id = (uint)reader.ReadInt64(0, uint.MaxValue);
            if (_calls.Find(id) is { } call) call.Info = CallInfo.Read(ref reader);
        }
        else if (message.Method.SequenceEqual("$/going_away"u8))
        {
            reader.EnterArray();
            _goingAway = CloseReason.Read(ref reader);
            Ended?.Invoke();
        }
    }

    // After a call left the table.
    private void Free(PendingCall? call)
    {
        if (call is not { HoldsSlot: false }) _slots.Release();
        if (call is not { ReadsItself: true }) _reading.Met();
    }

    private void OnConnectionClosed(CloseReason reason)
    {
        if (reason == CloseReason.PeerClosed && _goingAway is { } told) reason = told;
        _goingAway ??= reason;
        var error = reason.ToException();
        Regions?.Close();
        var calls = _calls.Close(error, out var freed);
        if (freed > 0) _slots.Release(freed);
        foreach (var call in calls)
        {
            call.Fail(CallTable.Again(error));
        }

        Ended?.Invoke();
    }

    private const byte NilTag = 0xc0;
    private const int MostCreditAtOnce = 1 << 20;

    private sealed class SessionFrameHandler(ClientSession session) : IFrameHandler
    {
        public bool OnFrame(ReadOnlyMemory<byte> frame, FrameReader reader)
        {
            var message = RpcMessage.Read(frame);
            switch (message.Kind)
            {
                case RpcKind.Response:
                    return session.OnResponse(message, reader);
                case RpcKind.Notification:
                    session.OnNotification(message);
                    return true;
                default:
                    throw new EdgeHostException(ErrorCode.InvalidArgument, "The host sent a request; this client answers none.");
            }
        }

        public void OnWorkTookLong() => session._reading.OnWorkTookLong();

        public void OnBroken(EdgeHostException error, ReadOnlySpan<byte> beginning)
        {
            // The reason that follows says it all.
        }

        public void OnClosed(CloseReason reason) => session.OnConnectionClosed(reason);
    }
}
