using System.Buffers;
using System.Text;
using EdgeHost.PluginSdk;

namespace TestPlugins.Good;

internal sealed class VersionHandler(string version) : ICapabilityHandler
{
    public async ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        // Gives the caller back its thread, so that calls overlap with a reload.
        await Task.Yield();
        response.Write(Encoding.UTF8.GetBytes(version));
    }
}
