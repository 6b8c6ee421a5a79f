using EdgeHost.Ipc.Server;
using EdgeHost.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Ipc;

/// <summary>Registers the socket server.</summary>
public static class IpcServiceCollectionExtensions
{
    /// <summary>
    /// Adds the hosted service that serves apps. It needs <see cref="Runtime.Dispatch.ICapabilityDispatcher"/>,
    /// <see cref="Runtime.Dispatch.ICapabilityCatalog"/> and logging. Register it after everything that must be up before the first call:
    /// hosted services start in the order of registration and stop in the reverse one.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddEdgeHostIpc(this IServiceCollection services, Action<IpcOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<IpcOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IpcOptions>, IpcOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddEdgeHostSecurity();
        services.AddHostedService<IpcServer>();
        return services;
    }
}
