using System.Buffers;
using EdgeHost.PluginSdk;
using MessagePack;

namespace TestPlugins.WithServices;

internal sealed class GreetHandler(Greeter greeter) : ICapabilityHandler
{
    private static readonly MessagePackSerializerOptions Options = MessagePackSerializerOptions.Standard.WithSecurity(MessagePackSecurity.UntrustedData);

    public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
    {
        // The default resolver makes formatters at run time: in a private copy of MessagePack they go when the plugin goes.
        var name = MessagePackSerializer.Deserialize<string>(context.Body, Options, cancellationToken);
        MessagePackSerializer.Serialize(response, greeter.Greet(name), Options, cancellationToken);
        return ValueTask.CompletedTask;
    }
}
