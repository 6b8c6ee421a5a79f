using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>Takes bytes, and looks at so few of them that what carried them is measured and not the look.</summary>
[Capability("transport.take", Summary = "Counts bytes.", Example = """{"payload":"@file"}""")]
public sealed class TakeHandler : CapabilityHandler<TakeRequest, TakeResponse>
{
    private const int Places = 8;

    public override ValueTask<TakeResponse> HandleAsync(TakeRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var bytes = request.Payload.Span;
        var sum = 0L;
        for (var i = 0; i < Places; i++)
        {
            sum += bytes.IsEmpty ? 0 : bytes[(int)((long)(bytes.Length - 1) * i / (Places - 1))];
        }

        return new ValueTask<TakeResponse>(new TakeResponse { Bytes = bytes.Length, Sum = sum });
    }
}
