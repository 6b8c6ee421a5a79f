using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>
/// Calls the host's methods for a verb: through the socket where a host runs, else in this process, so that models can be pulled on a
/// machine where no host runs yet. Both ways take the same messages.
/// </summary>
internal interface IHostCaller : IAsyncDisposable
{
    Task<TResponse> CallAsync<TRequest, TResponse>(string method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>;

    IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(string method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TItem : IWireMessage<TItem>;
}
