using EdgeHost.ModelStore;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Hosting;

/// <summary>What a serving host and a verb without a host have in common: store, pool, engine, dispatcher.</summary>
internal static class CoreServices
{
    public static IServiceCollection AddEdgeHostCore(this IServiceCollection services, HostSettings settings)
    {
        services.AddModelStore(options =>
        {
            options.HomeFolder = settings.Home;
            foreach (var folder in PluginFolders.ModelFolders(settings)) options.CatalogFolders.Add(folder);
        });
        services.AddSingleton<IModelSource, StoreModelSource>();
        services.AddOnnxRuntimeEngine(options => options.PreparedFolder = Path.Combine(settings.Home, "prepared"));
        services.AddEdgeHostRuntime(options => options.Pool.BudgetBytes = settings.MemoryBudgetBytes);
        return services;
    }
}
