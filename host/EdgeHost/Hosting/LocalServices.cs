using EdgeHost.Host.Methods;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Host.Hosting;

/// <summary>The host's own methods without a host: for verbs on a machine where none runs.</summary>
internal static class LocalServices
{
    public static ServiceProvider Create(HostSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddEdgeHostCore(settings);
        var provider = services.BuildServiceProvider();
        var models = ActivatorUtilities.CreateInstance<ModelMethodSet>(provider);
        var versions = ActivatorUtilities.CreateInstance<VersionMethodSet>(provider);
        HostMethodTarget.Register(provider.GetRequiredService<ICapabilityCatalog>(), [.. models.Create(), .. versions.Create()], NullLogger.Instance);
        return provider;
    }
}
