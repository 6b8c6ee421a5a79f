using System.Buffers;
using System.Text;
using EdgeHost.PluginSdk;
using TestPlugins.Dependency;

namespace TestPlugins.MissingDependency;

public sealed class MissingDependencyPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        var text = Greeting.Text;
        plugin.AddCapability(new CapabilityDescriptor { Method = "missing.greet" }, _ => new GreetHandler(text));
    }

    private sealed class GreetHandler(string text) : ICapabilityHandler
    {
        public ValueTask HandleAsync(CapabilityContext context, IBufferWriter<byte> response, CancellationToken cancellationToken)
        {
            response.Write(Encoding.UTF8.GetBytes(text));
            return ValueTask.CompletedTask;
        }
    }
}
