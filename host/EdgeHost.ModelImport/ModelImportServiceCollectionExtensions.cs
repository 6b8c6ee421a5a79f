using EdgeHost.ModelStore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.ModelImport;

/// <summary>Registers the importer of models of other formats.</summary>
public static class ModelImportServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IModelImporter"/>, which the model store finds. It tries what it made by the <see cref="IGraphCheck"/> that is registered, if any.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddEdgeHostModelImport(this IServiceCollection services, Action<ModelImportOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ModelImportOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelImportOptions>, ModelImportOptionsValidator>());
        services.TryAddSingleton<IModelImporter, ModelImporter>();
        return services;
    }
}
