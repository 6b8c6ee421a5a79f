using System.Buffers;
using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Activation;

/// <summary>A plugin's handler behind the guard: what the dispatcher gets to call.</summary>
internal sealed class GuardedHandler(ICapabilityHandler handler, PluginGuard guard, CancellationToken stopping) : ICapabilityHandler
{
    public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
        => guard.HandleAsync(handler, context, response, stopping, cancellationToken);
}
