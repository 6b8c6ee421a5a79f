using System.Buffers;
using EdgeHost.PluginSdk;

namespace TestPlugins.Misbehaving;

/// <summary>Does not care about its token: ends when the item it sends is taken.</summary>
internal sealed class IgnoringHandler : ICapabilityHandler
{
    public async ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
        => await context.SendItemAsync("begun"u8.ToArray(), CancellationToken.None).ConfigureAwait(false);
}
