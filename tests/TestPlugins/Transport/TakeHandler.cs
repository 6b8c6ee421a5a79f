using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>Takes bytes.</summary>
[Capability("transport.take", Summary = "Counts bytes.", Example = """{"payload":"@file"}""")]
public sealed class TakeHandler : CapabilityHandler<TakeRequest, TakeResponse>
{
    public override ValueTask<TakeResponse> HandleAsync(TakeRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var bytes = request.Payload.Span;
        var sum = 0L;
        for (var i = 0; i < bytes.Length; i += 4096)
        {
            sum += bytes[i];
        }

        return new ValueTask<TakeResponse>(new TakeResponse { Bytes = bytes.Length, Sum = sum });
    }
}
