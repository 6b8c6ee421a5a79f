using System.Buffers;
using EdgeHost.PluginSdk;

namespace TestPlugins.Conformance;

/// <summary>Answers with the request, byte for byte.</summary>
internal sealed class EchoHandler : ICapabilityHandler
{
    public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        response.Write(context.Body.Span);
        return ValueTask.CompletedTask;
    }
}
