using EdgeHost.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Wyoming;

/// <summary>Registers the door.</summary>
public static class WyomingServiceCollectionExtensions
{
    /// <summary>Adds <see cref="WyomingDoor"/> as a hosted service.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="connect">Connects to the host as the app <see cref="WyomingOptions.AppName"/>.</param>
    public static IServiceCollection AddWyomingDoor(this IServiceCollection services, Func<IServiceProvider, CancellationToken, Task<EdgeHostClient>> connect)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connect);
        services.AddOptions<WyomingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WyomingOptions>, WyomingOptionsValidator>());
        services.TryAddSingleton(provider => new WyomingDoor(
            provider.GetRequiredService<IOptions<WyomingOptions>>(), cancellationToken => connect(provider, cancellationToken), provider.GetRequiredService<ILogger<WyomingDoor>>()));
        services.AddHostedService(static provider => provider.GetRequiredService<WyomingDoor>());
        return services;
    }
}
