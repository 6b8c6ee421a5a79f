using System.Runtime.CompilerServices;
using EdgeHost.Client.Calls;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <content>Calls with one response.</content>
public sealed partial class EdgeHostClient
{
    private readonly Lock _idleGate = new();
    private readonly Stack<UnaryCall> _idleCalls = new();

    /// <summary>Calls a method with a body that is MessagePack already.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">The body, a map; empty stands for an empty map. Must stay unchanged until the task completes.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Before the call is sent, takes it back; afterwards tells the host to stop it and stops waiting. Either way
    /// the task ends as cancelled.</param>
    /// <returns>The response body; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException">What the host or the capability reports; <see cref="ErrorCode.Unavailable"/> if the connection is lost;
    /// <see cref="ErrorCode.InvalidArgument"/> if the body is not one MessagePack value or too large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<CallBody> CallAsync(
        string method, ReadOnlyMemory<byte> body, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        return new CallBody(await InvokeAsync(method, new RawBody(body), ownsResult: false, options, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Calls a method with a typed request.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response. Its binaries are in memory of their own and stay valid.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request; its large binaries must stay unchanged until the task completes.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Before the call is sent, takes it back; afterwards tells the host to stop it and stops waiting. Either way
    /// the task ends as cancelled.</param>
    /// <exception cref="EdgeHostException">What the host or the capability reports; <see cref="ErrorCode.Unavailable"/> if the connection is lost;
    /// <see cref="ErrorCode.InvalidArgument"/> if the request is too large or the response has another form than <typeparamref name="TResponse"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResponse> CallAsync<TRequest, TResponse>(
        string method, TRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        var result = await InvokeAsync(method, new MessageBody<TRequest>(request), ownsResult: true, options, cancellationToken).ConfigureAwait(false);
        return Read<TResponse>(result.Memory);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FrameBuffer> InvokeAsync<TBody>(
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
            if (_goingAway is { } reason) throw reason.ToException();
            id = _calls.Add(call);
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
            if (_calls.TryTake(id, out _)) slots.Release();

            // What the host said before it closed may still be on its way through the reader.
            await _connection.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            throw _goingAway!.ToException();
        }
        catch
        {
            // Nothing was sent. If the connection was lost meanwhile, the call was failed and its slot freed with all others.
            if (_calls.TryTake(id, out _)) slots.Release();
            throw;
        }
    }

    private FrameWriter WriteRequest<TBody>(uint id, string method, TBody body, CallOptions? options)
        where TBody : struct, IBody
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        var frame = _connection.RentFrame();
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
            var limit = _host?.Limits.MaxFrameBytes ?? WireProtocol.DefaultMaxFrameBytes;
            if (frame.Length > limit)
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, $"The request has {frame.Length} bytes; the host takes at most {limit}. Send less at once.");
            }

            if (body.IsRaw && !frame.IsComplete(limit, _host?.Limits.MaxDepth ?? WireProtocol.DefaultMaxDepth))
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, "The body is not exactly one MessagePack value.");
            }

            return frame;
        }
        catch
        {
            _connection.Recycle(frame);
            throw;
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
        PostCallNotification(Notifications.Cancel, id);
        call.Fail(error);
    }

    private void PostCallNotification(string notification, uint id)
    {
        var frame = _connection.RentFrame();
        RpcWriter.BeginCallNotification(frame, notification, id, otherParameters: 0);
        _connection.Post(frame);
    }

    private sealed record Cancellation(EdgeHostClient Client, uint Id, PendingCall Call)
    {
        public void Cancel(CancellationToken token) => Client.Abandon(Id, Call, new OperationCanceledException(token));
    }
}
