using EdgeHost.Client;
using EdgeHost.Deployment;
using EdgeHost.Deployment.Gates;
using EdgeHost.Gateway;
using EdgeHost.Gateway.Access;
using EdgeHost.Host.Apps;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Importing;
using EdgeHost.Host.Training;
using EdgeHost.Host.Training.Features;
using EdgeHost.Ipc;
using EdgeHost.Jobs;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning;
using EdgeHost.ModelImport;
using EdgeHost.ModelStore;
using EdgeHost.Pictures;
using EdgeHost.PluginHost;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Onnx;
using EdgeHost.Security;
using EdgeHost.Security.Access;
using EdgeHost.Security.Policy;
using EdgeHost.Wyoming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Hosting;

/// <summary>All options in three layers: what the home folder gives, what the file says, what the command line says. The later stands over the earlier.</summary>
internal static class HostOptionsSetup
{
    public static IServiceCollection AddEdgeHostOptions(this IServiceCollection services, HostSettings settings)
    {
        services.AddModelStore(options =>
        {
            options.HomeFolder = settings.Home;
            foreach (var folder in PluginFolders.ModelFolders(settings)) options.CatalogFolders.Add(folder);
        });
        services.AddSingleton<IGraphCheck, EngineGraphCheck>();
        services.AddEdgeHostModelImport();
        services.AddOnnxRuntimeEngine(options => options.PreparedFolder = Path.Combine(settings.Home, "prepared"));
        services.AddEdgeHostRuntime(options => options.StateFolder = Path.Combine(settings.Home, "state"));
        services.AddOptions<HostOperationOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HostOperationOptions>, HostOperationOptionsValidator>());
        services.AddEdgeHostPlugins(options =>
        {
            options.Directories.Add(new PluginDirectory { Path = PluginFolders.BuiltIn, IsImmutable = true });
            foreach (var folder in PluginFolders.Changeable(settings)) options.Directories.Add(new PluginDirectory { Path = folder });
            options.DescriptionFolder = Path.Combine(settings.Home, "state", "capabilities");
            options.DataFolder = Path.Combine(settings.Home, "data");
            options.ShadowFolder = Path.Combine(settings.Home, "run", $"plugins-{Environment.ProcessId}");
        });
        services.AddSingleton(settings);
        services.AddEdgeHostSecurity(options =>
        {
            options.AuditFolder = Path.Combine(settings.Home, "audit");
            options.UsageFolder = Path.Combine(settings.Home, "state");
        });
        services.AddEdgeHostLearning(options => options.Folder = Path.Combine(settings.Home, "learning"));
        services.AddEdgeHostPictures();
        services.AddSingleton<IVersionFeedback, FeedbackOfVersions>();
        services.AddEdgeHostDeployment(options => options.Folder = Path.Combine(settings.Home, "deployment"));
        services.AddSingleton<IJobAccounts, JobAccounts>();
        services.AddSingleton<ICallRights, CallRights>();
        services.AddSingleton<FeatureAccess>();
        services.AddSingleton<IJobFeaturisers, JobFeaturisers>();
        services.AddSingleton<DeployedModels>();
        services.AddSingleton<ITrainedModelSink>(static provider => provider.GetRequiredService<DeployedModels>());
        services.AddSingleton<ITrainedModels>(static provider => provider.GetRequiredService<DeployedModels>());
        services.AddSingleton<IShippedModels, ShippedModels>();
        services.AddSingleton<IPersonalisations, PluginPersonalisations>();
        services.AddSingleton<IPersonalisationCheck, PersonalisationCheck>();
        services.AddEdgeHostJobs(options => options.Folder = Path.Combine(settings.Home, "jobs"));
        services.AddEdgeHostIpc();
        var live = new LiveConfiguration(settings.Configuration?.Values);
        services.AddSingleton(live);
        services.AddSingleton<ConfigurationState>();
        ConfigurationSections.Bind(services, live.Root);
        if (live.Root.GetValue<bool>($"{WyomingOptions.SectionName}:{nameof(WyomingOptions.IsEnabled)}")) services.AddWyomingDoor(ConnectAsync);
        if (live.Root.GetValue<bool>($"{GatewayOptions.SectionName}:{nameof(GatewayOptions.IsEnabled)}")) services.AddGatewayDoor(IsKey, EndpointOf);
        live.Follow<IpcOptions>(services);
        live.Follow<HostOperationOptions>(services);
        live.Follow<LoggerFilterOptions>(services);
        if (AppsFile.Load(settings.Home) is { } apps) services.Configure<AppsOptions>(options => AppsFile.Bind(apps, options));
        if (settings.MemoryBudgetBytes is { } budget) services.Configure<EdgeHostRuntimeOptions>(options => options.Pool.BudgetBytes = budget);
        if (settings.Endpoint is { } endpoint) services.Configure<IpcOptions>(options => options.Endpoint = endpoint);
        return services;
    }

    // The door is an app like any other: it comes in by the socket, and rules for apps hold for it.
    private static async Task<EdgeHostClient> ConnectAsync(IServiceProvider provider, CancellationToken cancellationToken)
        => await EdgeHostClient.ConnectAsync(
            new EdgeHostClientOptions { Endpoint = EndpointOf(provider), AppName = WyomingOptions.AppName, Reconnect = false }, cancellationToken).ConfigureAwait(false);

    private static string EndpointOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<IpcOptions>>().Value.Endpoint;

    // Over the socket the system says whose process calls, over a port nobody does: only a token proves an app there.
    private static bool IsKey(IServiceProvider provider, ApiKey key)
        => provider.GetRequiredService<AccessControl>().Policy.Rules.TryGetValue(key.App, out var rule) && rule.TokenHash is { } hash && AppToken.Matches(hash, key.Token);
}
