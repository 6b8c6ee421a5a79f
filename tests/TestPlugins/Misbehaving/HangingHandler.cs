using System.Buffers;
using EdgeHost.PluginSdk;

namespace TestPlugins.Misbehaving;

/// <summary>Hangs until cancelled.</summary>
internal sealed class HangingHandler : ICapabilityHandler
{
    public async ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        await context.SendItemAsync("begun"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
    }
}
