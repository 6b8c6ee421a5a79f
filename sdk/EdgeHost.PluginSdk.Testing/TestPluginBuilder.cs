using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.PluginSdk.Testing;

/// <summary>Collects what a plugin registers.</summary>
internal sealed class TestPluginBuilder : IPluginBuilder
{
    public TestPluginBuilder(PluginEnvironment environment) => Environment = environment;

    public PluginEnvironment Environment { get; }

    public IServiceCollection Services { get; } = new ServiceCollection();

    public Dictionary<string, (CapabilityDescriptor Descriptor, Func<IServiceProvider, ICapabilityHandler> Create)> Capabilities { get; } =
        new(StringComparer.Ordinal);

    public void AddCapability(CapabilityDescriptor descriptor, Func<IServiceProvider, ICapabilityHandler> create)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(create);
        if (!Capabilities.TryAdd(descriptor.Method, (descriptor, create)))
        {
            throw new InvalidOperationException($"The capability '{descriptor.Method}' was added already.");
        }
    }
}
