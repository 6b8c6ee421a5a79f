using EdgeHost.ModelStore.Addresses;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.ModelStore;

/// <summary>Registers the model store.</summary>
public static class ModelStoreServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ModelCatalog"/>, <see cref="LocalModelStore"/> and <see cref="AddressReader"/> as singletons. Needs logging; takes the registered
    /// <see cref="TimeProvider"/> or the system's.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Changes the defaults of <see cref="ModelStoreOptions"/>.</param>
    public static IServiceCollection AddModelStore(this IServiceCollection services, Action<ModelStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ModelStoreOptions>();
        if (configure is not null) options.Configure(configure);
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelStoreOptions>, ModelStoreOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ModelCatalog>();
        services.TryAddSingleton<LocalModelStore>();
        services.TryAddSingleton<AddressReader>();
        return services;
    }
}
