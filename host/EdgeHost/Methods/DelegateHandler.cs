using System.Buffers;
using EdgeHost.PluginSdk;

namespace EdgeHost.Host.Methods;

/// <summary>A handler that is one function.</summary>
internal sealed class DelegateHandler(Func<CapabilityContext, IBufferWriter<byte>, CancellationToken, ValueTask> handle) : ICapabilityHandler
{
    public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
        => handle(context, response, cancellationToken);
}
