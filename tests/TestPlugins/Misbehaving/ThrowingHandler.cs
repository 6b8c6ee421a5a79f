using System.Buffers;
using EdgeHost.PluginSdk;

namespace TestPlugins.Misbehaving;

internal sealed class ThrowingHandler : ICapabilityHandler
{
    public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
        => throw new MisbehaviourException("The secret of /etc/shadow.");
}
