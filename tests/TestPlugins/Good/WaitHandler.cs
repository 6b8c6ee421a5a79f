using System.Buffers;
using EdgeHost.PluginSdk;

namespace TestPlugins.Good;

/// <summary>Sends one item when it has begun, then waits until the second item it sends is taken.</summary>
internal sealed class WaitHandler : ICapabilityHandler
{
    public async ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        await context.SendItemAsync("begun"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await context.SendItemAsync("waiting"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        response.Write("done"u8);
    }
}
