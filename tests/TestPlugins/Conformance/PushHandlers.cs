using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Conformance;

[Capability("conformance.sum")]
internal sealed class SumHandler(Board board) : ClientStreamCapabilityHandler<SumRequest, NumberItem, SumResponse>
{
    public override async ValueTask<SumResponse> HandleAsync(
        SumRequest request, IAsyncEnumerable<NumberItem> pushes, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.WaitFor is { } key) await board.WaitAsync(key, cancellationToken).ConfigureAwait(false);
        var response = new SumResponse();
        await foreach (var push in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            response = new SumResponse { Count = response.Count + 1, Sum = response.Sum + push.N };
        }

        return response;
    }
}

[Capability("conformance.double")]
internal sealed class DoubleHandler : DuplexCapabilityHandler<NoRequest, NumberItem, NumberItem, SumResponse>
{
    public override async ValueTask<SumResponse> HandleAsync(
        NoRequest request, IAsyncEnumerable<NumberItem> pushes, ItemWriter<NumberItem> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var push in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await items.WriteAsync(new NumberItem { N = 2 * push.N }, cancellationToken).ConfigureAwait(false);
            count++;
        }

        return new SumResponse { Count = count };
    }
}
