using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>Holds its thread, as a handler does that computes.</summary>
[Capability("transport.block", Summary = "Blocks its thread, or until it is cancelled.", Example = """{"milliseconds":100}""")]
public sealed class BlockHandler : CapabilityHandler<BlockRequest, TakeResponse>
{
    public override ValueTask<TakeResponse> HandleAsync(BlockRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        cancellationToken.WaitHandle.WaitOne(request.Milliseconds);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<TakeResponse>(new TakeResponse { Bytes = 0, Sum = 0 });
    }
}
