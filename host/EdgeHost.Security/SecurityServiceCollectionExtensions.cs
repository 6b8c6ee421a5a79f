using EdgeHost.Security.Access;
using EdgeHost.Security.Audit;
using EdgeHost.Security.Usage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Security;

/// <summary>Registers access control.</summary>
public static class SecurityServiceCollectionExtensions
{
    /// <summary>Adds <see cref="AccessControl"/>, the audit log, and what keeps the use of apps. Register it before the socket, which then closes first.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddEdgeHostSecurity(this IServiceCollection services, Action<AppsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<AppsOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        if (services.Any(static service => service.ServiceType == typeof(AuditLog))) return services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AppsOptions>, AppsOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AuditLog>();
        services.TryAddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditLog>());
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        services.TryAddSingleton(provider =>
        {
            var control = new AccessControl(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IAuditLog>());
            control.Apply(new Policy.AppPolicy(provider.GetRequiredService<IOptions<AppsOptions>>().Value));
            return control;
        });
        services.AddHostedService<UsageKeeper>();
        return services;
    }
}
