using System.Runtime.CompilerServices;
using EdgeHost.Client.Calls;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <content>Calls with one response.</content>
public sealed partial class EdgeHostClient
{
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
        return new CallBody(await _session.InvokeAsync(method, new RawBody(body), ownsResult: false, options, cancellationToken).ConfigureAwait(false));
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
        var result = await _session.InvokeAsync(method, new MessageBody<TRequest>(request), ownsResult: true, options, cancellationToken).ConfigureAwait(false);
        return Read<TResponse>(result.Memory);
    }
}
