namespace EdgeHost.PluginSdk;

/// <summary>
/// The entry point of a plugin. The assembly named in <c>plugin.json</c> has exactly one public, non-abstract subclass with a
/// parameterless constructor. The host makes one instance in the plugin's own load context, calls <see cref="Configure"/>, builds
/// the plugin's own service container, calls <see cref="StartAsync"/>, then routes calls to its capabilities until
/// <see cref="StopAsync"/>. An exception in any of these makes this plugin unavailable, with the reason shown, and nothing else.
/// </summary>
/// <remarks>
/// Only bytes and types of this assembly and of EdgeHost.Primitives cross between host and plugin, so that the plugin can be
/// unloaded and replaced while the host runs. Do not keep static event handlers, timers or threads alive after
/// <see cref="StopAsync"/>: they hold the old code in memory, and the host reports it.
/// </remarks>
public abstract class EdgeHostPlugin
{
    /// <summary>Registers services and capabilities. Called once, before <see cref="StartAsync"/>; must return quickly and do no I/O.</summary>
    /// <param name="plugin">Where to register.</param>
    public abstract void Configure(IPluginBuilder plugin);

    /// <summary>Called once after the container is built and before the first call. The default does nothing.</summary>
    /// <param name="services">The plugin's own container.</param>
    /// <param name="cancellationToken">Cancelled when the host stops or the start takes longer than the host allows.</param>
    public virtual ValueTask StartAsync(IServiceProvider services, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Called once after the last call has finished; the container is disposed next. The default does nothing.</summary>
    /// <param name="cancellationToken">Cancelled when the host no longer waits.</param>
    public virtual ValueTask StopAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
