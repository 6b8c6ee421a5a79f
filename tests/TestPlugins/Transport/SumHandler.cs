using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>Adds up what is pushed.</summary>
[Capability("transport.sum", Summary = "Counts the bytes of all items pushed.")]
public sealed class SumHandler : ClientStreamCapabilityHandler<UsageRequest, TakeRequest, TakeResponse>
{
    public override async ValueTask<TakeResponse> HandleAsync(
        UsageRequest request, IAsyncEnumerable<TakeRequest> pushes, CapabilityContext context, CancellationToken cancellationToken)
    {
        var (bytes, sum) = (0, 0L);
        await foreach (var push in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            bytes += push.Payload.Length;
            foreach (var value in push.Payload.Span)
            {
                sum += value;
            }
        }

        return new TakeResponse { Bytes = bytes, Sum = sum };
    }
}
