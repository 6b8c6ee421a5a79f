using System.Buffers;
using EdgeHost.PluginSdk;

namespace TestPlugins.Good;

internal sealed class StreamHandler : ICapabilityHandler
{
    public async ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        for (byte i = 0; i < 3; i++) await context.SendItemAsync(new[] { i }, cancellationToken).ConfigureAwait(false);
        response.Write("end"u8);
    }
}
