using EdgeHost.Client;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>Calls a running host through the client SDK.</summary>
internal sealed class RemoteHostCaller(EdgeHostClient client) : IHostCaller
{
    public EdgeHostClient Client => client;

    public Task<TResponse> CallAsync<TRequest, TResponse>(string method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
        => client.CallAsync<TRequest, TResponse>(method, request, options: null, cancellationToken).AsTask();

    public IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(string method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TItem : IWireMessage<TItem>
        => client.StreamAsync<TRequest, TItem>(method, request, options: null, cancellationToken);

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
