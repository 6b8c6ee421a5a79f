using System.Reflection;
using EdgeHost.PluginHost.Activation;
using EdgeHost.PluginHost.Loading;
using EdgeHost.PluginHost.Registry;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.PluginHost;

/// <summary>Adds the plugin host to a service collection.</summary>
public static class PluginHostServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IPluginRegistry"/> and the hosted service that finds plugins, announces them in <see cref="ICapabilityCatalog"/> (which
    /// must be registered), and unloads them at stop. Register it before the servers, so that they stop listening first.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options, or null for the defaults.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddEdgeHostPlugins(this IServiceCollection services, Action<PluginHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<PluginHostOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PluginHostOptions>, PluginHostOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new ShadowCopies(
            provider.GetRequiredService<IOptions<PluginHostOptions>>().Value,
            provider.GetRequiredService<ILogger<ShadowCopies>>()));
        services.TryAddSingleton(provider => new PluginHostContext(
            provider.GetRequiredService<IOptions<PluginHostOptions>>().Value,
            provider.GetRequiredService<ICapabilityCatalog>(),
            provider.GetRequiredService<ShadowCopies>(),
            new Lazy<IReadOnlyList<AssemblyName>>(SharedAssemblies.Resolve),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            () => GC.CollectionCount(GC.MaxGeneration))
        {
            PersonalisationCheck = provider.GetService<IPersonalisationCheck>(),
        });
        services.TryAddSingleton<PluginAppData>();
        services.TryAddSingleton<PluginRegistry>();
        services.TryAddSingleton<IPluginRegistry>(provider => provider.GetRequiredService<PluginRegistry>());
        services.AddHostedService<PluginScanService>();
        return services;
    }
}
