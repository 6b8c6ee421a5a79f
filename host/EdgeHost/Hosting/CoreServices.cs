using EdgeHost.Runtime.Models;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Hosting;

/// <summary>What a serving host and a verb without a host have in common: options, store, pool, engine, dispatcher.</summary>
internal static class CoreServices
{
    public static IServiceCollection AddEdgeHostCore(this IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton<TaskModels>();
        services.AddSingleton<IModelSource, StoreModelSource>();
        return services.AddEdgeHostOptions(settings);
    }
}
