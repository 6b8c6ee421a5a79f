using EdgeHost.Gateway.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Gateway;

/// <summary>Registers the door.</summary>
public static class GatewayServiceCollectionExtensions
{
    /// <summary>Adds <see cref="GatewayDoor"/> as a hosted service.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="isKey">Whether a token is the one that proves an app's name; false for apps without one.</param>
    /// <param name="endpoint">Gives the path of the host's socket.</param>
    public static IServiceCollection AddGatewayDoor(this IServiceCollection services, Func<IServiceProvider, ApiKey, bool> isKey, Func<IServiceProvider, string> endpoint)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(isKey);
        ArgumentNullException.ThrowIfNull(endpoint);
        services.AddOptions<GatewayOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new GatewayDoor(
            provider.GetRequiredService<IOptions<GatewayOptions>>(),
            key => isKey(provider, key),
            () => endpoint(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(static provider => provider.GetRequiredService<GatewayDoor>());
        return services;
    }
}
