using EdgeHost.Runtime.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Onnx;

/// <summary>Registers the engine.</summary>
public static class OnnxRuntimeServiceCollectionExtensions
{
    /// <summary>Adds ONNX Runtime as the <see cref="IInferenceEngine"/>. Its native library is loaded with the first model or question for devices.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes settings, or null.</param>
    public static IServiceCollection AddOnnxRuntimeEngine(this IServiceCollection services, Action<OnnxEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<OnnxEngineOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OnnxEngineOptions>, OnnxEngineOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OnnxEngineOptions>, ProviderLibrariesValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IInferenceEngine, OnnxEngine>();
        return services;
    }
}
