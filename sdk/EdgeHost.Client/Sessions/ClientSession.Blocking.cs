using EdgeHost.Client.Calls;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;

#pragma warning disable VSTHRD002 // To block is what these calls are for. What they wait for is completed by the thread that sends or by the end of the connection.

namespace EdgeHost.Client.Sessions;

/// <content>Calls whose caller blocks.</content>
internal sealed partial class ClientSession
{
    private readonly Stack<BlockingCall> _idleBlockingCalls = new();

    /// <summary>Calls a method once; blocks until it is answered. The caller reads the connection meanwhile where nobody else does.</summary>
    /// <returns>The result; the caller releases it.</returns>
    public FrameBuffer Invoke<TBody>(string method, TBody body, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        var slots = _slots;
        slots.Wait(cancellationToken);
        var call = RentBlockingCall();
        try
        {
            var id = SendBlocking(call, slots, method, body, options, out var sent, cancellationToken);
            using (cancellationToken.CanBeCanceled
                ? cancellationToken.UnsafeRegister(static (state, token) => ((Cancellation)state!).Cancel(token), new Cancellation(this, id, call))
                : default)
            {
                _reading.Await(call.Waiter, cancellationToken.CanBeCanceled);
            }

            // An error may come before all of the request has gone; its memory is the caller's again only then.
            if (sent is { IsCompleted: false }) sent.Wait(CancellationToken.None);
            var info = call.Info;
            var result = call.TakeResult();
            if (info is not null) options?.OnInfo?.Invoke(info);
            return result;
        }
        finally
        {
            ReturnBlockingCall(call);
        }
    }

    private uint SendBlocking<TBody>(
        BlockingCall call, SemaphoreSlim slots, string method, TBody body, CallOptions? options, out Task? sent, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        uint id;
        try
        {
            id = Register(call);
        }
        catch (EdgeHostException)
        {
            slots.Release();
            throw;
        }

        try
        {
            var frame = WriteRequest(id, method, body, options);
            sent = frame.Sent?.Task;
            var queued = _connection.QueueAsync(frame, cancellationToken);
            if (!queued.IsCompletedSuccessfully) queued.AsTask().GetAwaiter().GetResult();
            return id;
        }
        catch (EdgeHostException) when (_connection.IsClosing)
        {
            if (_calls.TryTake(id, out var taken)) Free(taken);
            Regions?.End(id);
            _connection.Completion.Wait(cancellationToken);
            throw _goingAway!.ToException();
        }
        catch
        {
            if (_calls.TryTake(id, out var taken)) Free(taken);
            Regions?.End(id);
            throw;
        }
    }

    private BlockingCall RentBlockingCall()
    {
        lock (_idleGate)
        {
            return _idleBlockingCalls.TryPop(out var call) ? call : new BlockingCall();
        }
    }

    private void ReturnBlockingCall(BlockingCall call)
    {
        call.Reset();
        lock (_idleGate)
        {
            if (_idleBlockingCalls.Count < WireProtocol.DefaultMaxCallsPerConnection) _idleBlockingCalls.Push(call);
        }
    }
}
