using EdgeHost.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client in a container.</summary>
public static class EdgeHostClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="EdgeHostClient"/> for the whole app. It connects at its first call, comes back by itself, writes its state to the container's log, and is
    /// disposed with the container.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults. Wrong ones fail when the client is asked for.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddEdgeHostClient(this IServiceCollection services, Action<EdgeHostClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddSingleton(provider =>
        {
            var options = new EdgeHostClientOptions { Logger = provider.GetService<ILoggerFactory>()?.CreateLogger("EdgeHost.Client") };
            configure?.Invoke(options);
            return EdgeHostClient.Create(options);
        });
    }
}
