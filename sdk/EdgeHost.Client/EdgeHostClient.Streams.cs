using System.Runtime.CompilerServices;
using EdgeHost.Client.Calls;
using EdgeHost.Client.Sessions;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Serialization;

namespace EdgeHost.Client;

/// <content>Calls with a stream of items.</content>
public sealed partial class EdgeHostClient
{
    /// <summary>Calls a method that answers with a stream, with a body that is MessagePack already.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">The body, a map; empty stands for an empty map. Must stay unchanged until the first item was read.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call on the host and the enumeration.</param>
    /// <returns>The items; the reader disposes each. The call begins with the enumeration; leaving it early stops the call on the host.</returns>
    /// <exception cref="EdgeHostException">While enumerating: as for a call with one response.</exception>
    public async IAsyncEnumerable<CallBody> StreamAsync(
        string method, ReadOnlyMemory<byte> body, CallOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in StreamItemsAsync(method, new RawBody(body), options, cancellationToken).ConfigureAwait(false))
        {
            yield return new CallBody(item);
        }
    }

    /// <summary>Calls a method that answers with a stream, with a typed request.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TItem">An item. Its binaries are in memory of their own and stay valid.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request; its large binaries must stay unchanged until the first item was read.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call on the host and the enumeration.</param>
    /// <returns>The items. The call begins with the enumeration; leaving it early stops the call on the host.</returns>
    /// <exception cref="EdgeHostException">While enumerating: as for a call with one response.</exception>
    public async IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(
        string method, TRequest request, CallOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : IWireMessage<TRequest>
        where TItem : IWireMessage<TItem>
    {
        await foreach (var item in StreamItemsAsync(method, new MessageBody<TRequest>(request), options, cancellationToken).ConfigureAwait(false))
        {
            var copy = item.Memory.ToArray();
            item.Release();
            yield return Read<TItem>(copy);
        }
    }

    /// <summary>Begins a client stream or duplex call with a body that is MessagePack already.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">The body, a map; empty stands for an empty map. Free again when the task completes.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException">The call could not be sent.</exception>
    public async ValueTask<OpenCall> OpenAsync(
        string method, ReadOnlyMemory<byte> body, CallOptions? options = null, CancellationToken cancellationToken = default)
        => new(await OpenStreamAsync(method, new RawBody(body), options, cancellationToken).ConfigureAwait(false));

    /// <summary>Begins a client stream or duplex call with a typed request.</summary>
    /// <typeparam name="TRequest">The request.</typeparam>
    /// <typeparam name="TPush">What is pushed.</typeparam>
    /// <typeparam name="TItem">What the host sends; any message for a client stream, which sends none.</typeparam>
    /// <typeparam name="TResponse">The response.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException">The call could not be sent.</exception>
    public async ValueTask<OpenCall<TPush, TItem, TResponse>> OpenAsync<TRequest, TPush, TItem, TResponse>(
        string method, TRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : IWireMessage<TRequest>
        where TPush : IWireMessage<TPush>
        where TItem : IWireMessage<TItem>
        where TResponse : IWireMessage<TResponse>
        => new(await OpenStreamAsync(method, new MessageBody<TRequest>(request), options, cancellationToken).ConfigureAwait(false));

    private async IAsyncEnumerable<FrameBuffer> StreamItemsAsync<TBody>(
        string method, TBody body, CallOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        var stream = await OpenStreamAsync(method, body, options, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var item in stream.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return item;
            }

            if (stream.Call.Info is { } info) options?.OnInfo?.Invoke(info);
            options?.OnStreamResponse?.Invoke(stream.Call.Result.Memory);
        }
    }

    // A stream is not sent again once it is under way; until its request has left, another connection is as good.
    private async ValueTask<OpenStream> OpenStreamAsync<TBody>(string method, TBody body, CallOptions? options, CancellationToken cancellationToken)
        where TBody : struct, IBody
    {
        var resumption = new Resumption(options, _time);
        while (true)
        {
            var session = await resumption.NextAsync(_keeper, cancellationToken).ConfigureAwait(false);
            try
            {
                return await session.OpenAsync(method, body, resumption.OptionsNow(), cancellationToken).ConfigureAwait(false);
            }
            catch (EdgeHostException e) when (_reconnects && ErrorDetails.SaysNotRun(e) && resumption.MayTryAgain(session, e))
            {
                // Opened on the next session.
            }
        }
    }
}
