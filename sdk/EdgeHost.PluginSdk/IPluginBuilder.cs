using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.PluginSdk;

/// <summary>What a plugin registers itself with. Used by one thread, inside <see cref="EdgeHostPlugin.Configure"/> only.</summary>
public interface IPluginBuilder
{
    /// <summary>What the host tells about the plugin and its place.</summary>
    PluginEnvironment Environment { get; }

    /// <summary>
    /// The plugin's own services, disposed when it stops. The host adds <see cref="PluginEnvironment"/>,
    /// <see cref="IPluginStorage"/>, <see cref="TimeProvider"/> and logging before <see cref="EdgeHostPlugin.Configure"/>.
    /// </summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Adds a capability. Its method must be listed in the manifest's <c>capabilities</c>.
    /// </summary>
    /// <param name="descriptor">What it is called and what it takes and gives.</param>
    /// <param name="create">Makes the handler, once, after the container is built. A handler is called concurrently.</param>
    /// <exception cref="InvalidOperationException">The method was added already.</exception>
    void AddCapability(CapabilityDescriptor descriptor, Func<IServiceProvider, ICapabilityHandler> create);
}
