using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Cli;

/// <summary>Serves the host's own methods in this process, without socket, plugins or models in memory.</summary>
internal sealed class LocalHostCaller(ServiceProvider services) : IHostCaller
{
    private const int MostItemsWaiting = 64;
    private readonly ICapabilityDispatcher _dispatcher = services.GetRequiredService<ICapabilityDispatcher>();

    public async Task<TResponse> CallAsync<TRequest, TResponse>(string method, TRequest request, CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        var response = new ArrayBufferWriter<byte>();
        await _dispatcher.InvokeAsync(Invocation(method, request, items: null), response, cancellationToken).ConfigureAwait(false);
        return WireMessageSerializer.Deserialize<TResponse>(response.WrittenMemory);
    }

    public async IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(
        string method, TRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : IWireMessage<TRequest>
        where TItem : IWireMessage<TItem>
    {
        var items = Channel.CreateBounded<ReadOnlyMemory<byte>>(MostItemsWaiting);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = RunAsync();
        try
        {
            await foreach (var item in items.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return WireMessageSerializer.Deserialize<TItem>(item);
            }
        }
        finally
        {
            // A reader that leaves early leaves nothing running behind; what the call says is for the one that stays.
            await stop.CancelAsync().ConfigureAwait(false);
            await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await call.ConfigureAwait(false);

        async Task RunAsync()
        {
            try
            {
                await _dispatcher.InvokeAsync(
                    Invocation(method, request, new ChannelSink(items.Writer)), new ArrayBufferWriter<byte>(), stop.Token).ConfigureAwait(false);
            }
            finally
            {
                items.Writer.Complete();
            }
        }
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static CapabilityInvocation Invocation<TRequest>(string method, TRequest request, IItemSink? items)
        where TRequest : IWireMessage<TRequest>
        => new() { Method = method, Body = WireMessageSerializer.ToArray(request), App = AppIdentity.Host, Items = items };

    private sealed class ChannelSink(ChannelWriter<ReadOnlyMemory<byte>> writer) : IItemSink
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
            => writer.WriteAsync(item.ToArray(), cancellationToken);
    }
}
