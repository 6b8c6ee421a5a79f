using System.Runtime.CompilerServices;
using EdgeHost.Client.Calls;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Sessions;

/// <content>Calls with one response.</content>
internal sealed partial class ClientSession
{
    private readonly Lock _idleGate = new();
    private readonly Stack<UnaryCall> _idleCalls = new();

    /// <summary>Calls a method once.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">The body.</param>
    /// <param name="ownsResult">Whether the result must be in memory of its own, so that views of it stay valid for good.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Takes the call back, or stops it on the host.</param>
    /// <returns>The result; the caller releases it.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FrameBuffer> InvokeAsync<TBody>(
        string method, TBody body, bool ownsResult, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        var slots = _slots;
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        var call = RentCall(ownsResult);
        var id = await SendRequestAsync(call, slots, method, body, options, cancellationToken).ConfigureAwait(false);
        var registration = cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static (state, token) => ((Cancellation)state!).Cancel(token), new Cancellation(this, id, call))
            : default;
        FrameBuffer result;
        CallInfo? info;
        try
        {
            result = await call.Response.ConfigureAwait(false);
        }
        finally
        {
            await registration.DisposeAsync().ConfigureAwait(false);
            info = call.Info;
            ReturnCall(call);
        }

        if (info is not null) options?.OnInfo?.Invoke(info);
        return result;
    }

    // Takes a slot that was waited for; gives it back unless the request is under way.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<uint> SendRequestAsync<TBody>(
        PendingCall call, SemaphoreSlim slots, string method, TBody body, CallOptions? options, CancellationToken cancellationToken)
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
            await _connection.SendAsync(WriteRequest(id, method, body, options), cancellationToken).ConfigureAwait(false);
            return id;
        }
        catch (EdgeHostException) when (_connection.IsClosing)
        {
            if (_calls.TryTake(id, out var taken)) Free(taken);
            Regions?.End(id);

            // What the host said before it closed may still be on its way through the reader.
            await _connection.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            throw _goingAway!.ToException();
        }
        catch
        {
            // Nothing was sent. If the connection was lost meanwhile, the call was failed and its slot freed with all others.
            if (_calls.TryTake(id, out var taken)) Free(taken);
            Regions?.End(id);
            throw;
        }
    }

    private FrameWriter WriteRequest<TBody>(uint id, string method, TBody body, CallOptions? options)
        where TBody : struct, IBody
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        var frame = _connection.RentFrame();
        var shares = BeginShares(frame);
        var isWritten = false;
        try
        {
            RpcWriter.BeginRequest(frame, id, method, hasContext: options is not null);
            body.AppendTo(frame);
            if (options is not null)
            {
                var writer = new WireWriter(frame);
                CallContext.Write(ref writer, new CallContext
                {
                    DeadlineMs = options.Deadline is { } deadline ? (long)Math.Ceiling(deadline.TotalMilliseconds) : null,
                    Priority = options.Priority,
                    TraceParent = options.TraceParent,
                    IdempotencyKey = options.IdempotencyKey,
                    Explain = options.OnInfo is not null,
                });
                writer.Flush();
            }

            frame.Seal();
            var limit = Host?.Limits.MaxFrameBytes ?? WireProtocol.DefaultMaxFrameBytes;
            var length = frame.Length + (shares?.SharedBytes ?? 0);
            if (length > limit)
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"The request has {length} bytes; the host takes at most {limit}. Send less at once.");
            }

            if (body.IsRaw && !frame.IsComplete(limit, Host?.Limits.MaxDepth ?? WireProtocol.DefaultMaxDepth))
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, "The body is not exactly one MessagePack value.");
            }

            isWritten = true;
            return frame;
        }
        catch
        {
            _connection.Recycle(frame);
            throw;
        }
        finally
        {
            if (shares is not null) EndShares(id, shares, isWritten);
        }
    }

    private UnaryCall RentCall(bool ownsResult)
    {
        UnaryCall? call;
        lock (_idleGate)
        {
            _idleCalls.TryPop(out call);
        }

        call ??= new UnaryCall();
        call.OwnsResult = ownsResult;
        return call;
    }

    private void ReturnCall(UnaryCall call)
    {
        call.Reset();
        lock (_idleGate)
        {
            if (_idleCalls.Count < WireProtocol.DefaultMaxCallsPerConnection) _idleCalls.Push(call);
        }
    }

    private void Abandon(uint id, PendingCall call, Exception error)
    {
        if (!_calls.TryAbandon(id, call)) return;
        if (call.ReadsItself) _reading.Expect(); // The answer comes all the same, and somebody must read it.
        PostCallNotification(Notifications.Cancel, id);
        call.Fail(error);
        if (call.ReadsItself) _reading.Interrupt();
    }

    private uint Register(PendingCall call)
    {
        if (_goingAway is { } reason && call.HoldsSlot) throw ErrorDetails.NotBegun(reason.ToException().Message);
        var id = _calls.Add(call);
        if (!call.ReadsItself) _reading.Expect();
        return id;
    }

    private void PostCallNotification(string notification, uint id)
    {
        var frame = _connection.RentFrame();
        RpcWriter.BeginCallNotification(frame, notification, id, otherParameters: 0);
        _connection.Post(frame);
    }

    private sealed record Cancellation(ClientSession Session, uint Id, PendingCall Call)
    {
        public void Cancel(CancellationToken token) => Session.Abandon(Id, Call, new OperationCanceledException(token));
    }
}
