using System.Runtime.CompilerServices;
using EdgeHost.Client.Calls;
using EdgeHost.Client.Sessions;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <content>Calls with one response.</content>
public sealed partial class EdgeHostClient
{
    /// <summary>
    /// Calls a method with a body that is MessagePack already. It goes over the socket as it is, however large: only typed requests put their binaries into
    /// shared memory by themselves.
    /// </summary>
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
        try
        {
            return new CallBody(await InvokeAsync(method, new RawBody(body), ownsResult: false, options, cancellationToken).ConfigureAwait(false));
        }
        catch (EdgeHostException e) when (MaySendElsewhere(e, options))
        {
            return new CallBody(await InvokeSlowlyAsync(method, new RawBody(body), ownsResult: false, options, cancellationToken).ConfigureAwait(false));
        }
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
        FrameBuffer result;
        try
        {
            result = await InvokeAsync(method, new MessageBody<TRequest>(request), ownsResult: false, options, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (MaySendElsewhere(e, options))
        {
            result = await InvokeSlowlyAsync(method, new MessageBody<TRequest>(request), ownsResult: false, options, cancellationToken).ConfigureAwait(false);
        }

        return ReadAndRelease<TResponse>(result);
    }

    /// <summary>
    /// Calls a method with a body that is MessagePack already and blocks until it is answered: the fastest call there is from a thread that may block,
    /// since the caller reads its own answer and no thread is woken. Any number of threads may call so at once, and beside asynchronous calls. The body goes over
    /// the socket as it is.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="body">The body, a map; empty stands for an empty map.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Before the call is sent, takes it back; afterwards tells the host to stop it and stops waiting.</param>
    /// <returns>The response body; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException">As for <see cref="CallAsync(string, ReadOnlyMemory{byte}, CallOptions?, CancellationToken)"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public CallBody Call(string method, ReadOnlyMemory<byte> body, CallOptions? options = null, CancellationToken cancellationToken = default)
        => new(Invoke(method, new RawBody(body), options, cancellationToken));

    /// <summary>Calls a method with a typed request and blocks until it is answered; see the other overload for when that is best.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TResponse">The response. Its binaries are in memory of their own and stay valid.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Before the call is sent, takes it back; afterwards tells the host to stop it and stops waiting.</param>
    /// <exception cref="EdgeHostException">As for <see cref="CallAsync{TRequest, TResponse}"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TResponse Call<TRequest, TResponse>(string method, TRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        return ReadAndRelease<TResponse>(Invoke(method, new MessageBody<TRequest>(request), options, cancellationToken));
    }

    private ValueTask<FrameBuffer> InvokeAsync<TBody>(
        string method, TBody body, bool ownsResult, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
        => options?.IdempotencyKey is null && _keeper.Current is { } session
            ? session.InvokeAsync(method, body, ownsResult, options, cancellationToken)
            : InvokeSlowlyAsync(method, body, ownsResult, options, cancellationToken);

    // A call that waits for a connection first, or that may be sent again.
    private async ValueTask<FrameBuffer> InvokeSlowlyAsync<TBody>(
        string method, TBody body, bool ownsResult, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        var resumption = new Resumption(options, _time);
        while (true)
        {
            var session = await resumption.NextAsync(_keeper, cancellationToken).ConfigureAwait(false);
            try
            {
                return await session.InvokeAsync(method, body, ownsResult, resumption.OptionsNow(), cancellationToken).ConfigureAwait(false);
            }
            catch (EdgeHostException e) when (_reconnects && resumption.MayTryAgain(session, e))
            {
                // Sent again on the next session.
            }
        }
    }

    private FrameBuffer Invoke<TBody>(string method, TBody body, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        if (options?.IdempotencyKey is null && _keeper.Current is { } session)
        {
            try
            {
                return session.Invoke(method, body, options, cancellationToken);
            }
            catch (EdgeHostException e) when (MaySendElsewhere(e, options))
            {
                // The host refused it or it never left: it goes on the next session, as one that finds no connection does.
            }
        }

        return InvokeSlowly(method, body, options, cancellationToken);
    }

    // Apart, since the closure would be made for every call.
    private FrameBuffer InvokeSlowly<TBody>(string method, TBody body, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
#pragma warning disable VSTHRD002 // To block is what these calls are for; nothing that is waited for needs this thread.
        return Task.Run(() => InvokeSlowlyAsync(method, body, ownsResult: false, options, cancellationToken).AsTask(), cancellationToken).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    // After a call on the session that there was, without a key, which did not begin. Calls with keys have tried already.
    private bool MaySendElsewhere(EdgeHostException error, CallOptions? options)
        => _reconnects && options?.IdempotencyKey is null && ErrorDetails.SaysNotRun(error);
}
