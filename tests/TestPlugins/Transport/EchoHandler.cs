using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>Sends back what is pushed, one for one.</summary>
[Capability("transport.echo", Summary = "Sends back every item pushed.")]
public sealed class EchoHandler : DuplexCapabilityHandler<UsageRequest, TakeRequest, GiveResponse, TakeResponse>
{
    public override async ValueTask<TakeResponse> HandleAsync(
        UsageRequest request,
        IAsyncEnumerable<TakeRequest> pushes,
        ItemWriter<GiveResponse> items,
        CapabilityContext context,
        CancellationToken cancellationToken)
    {
        var (bytes, count) = (0, 0L);
        await foreach (var push in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await items.WriteAsync(new GiveResponse { Payload = push.Payload }, cancellationToken).ConfigureAwait(false);
            bytes += push.Payload.Length;
            count++;
        }

        return new TakeResponse { Bytes = bytes, Sum = count };
    }
}
