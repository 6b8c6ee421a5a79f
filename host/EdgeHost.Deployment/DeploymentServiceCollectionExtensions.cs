using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Serving;
using EdgeHost.Deployment.Shadow;
using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Models;
using EdgeHost.Disks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment;

/// <summary>Registers versions that were made on the device.</summary>
public static class DeploymentServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IVersionStore"/>, <see cref="VersionControl"/>, and what lets the pool's calls find their versions. Needs logging, the runtime and an
    /// <see cref="IModelSource"/>; uses an <see cref="IVersionFeedback"/> where there is one. Nothing is opened before it is used.
    /// </summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    public static IServiceCollection AddEdgeHostDeployment(this IServiceCollection services, Action<DeploymentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<DeploymentOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeploymentOptions>, DeploymentOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DeploymentMeter>();
        services.TryAddSingleton<IFreeSpace, DriveSpace>();
        services.TryAddSingleton<TrialBook>();
        services.TryAddSingleton<BrokenVersions>();
        services.TryAddSingleton<ShadowQueue>();
        services.TryAddSingleton<VersionStore>();
        services.TryAddSingleton<IVersionStore>(static provider => provider.GetRequiredService<VersionStore>());
        services.TryAddSingleton<IModelVersions, VersionChooser>();
        services.TryAddSingleton(static provider => new VersionControl(
            provider.GetRequiredService<VersionStore>(),
            provider.GetRequiredService<IModelPool>(),
            provider.GetRequiredService<TrialBook>(),
            provider.GetService<IVersionFeedback>(),
            provider.GetRequiredService<IDecisionLog>(),
            provider.GetRequiredService<DeploymentMeter>(),
            provider.GetRequiredService<ILogger<VersionControl>>()));
        services.AddHostedService<ShadowRunner>();
        services.AddHostedService<VersionJudge>();
        return services;
    }
}
