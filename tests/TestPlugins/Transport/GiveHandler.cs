using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>Gives bytes that exist already.</summary>
[Capability("transport.give", Summary = "Gives bytes.", Example = """{"bytes":1048576}""")]
public sealed class GiveHandler : CapabilityHandler<GiveRequest, GiveResponse>
{
    private byte[] _bytes = [];

    public override ValueTask<GiveResponse> HandleAsync(GiveRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var bytes = _bytes;
        if (bytes.Length < request.Bytes) _bytes = bytes = new byte[request.Bytes];
        return new ValueTask<GiveResponse>(new GiveResponse { Payload = bytes.AsMemory(0, request.Bytes) });
    }
}
