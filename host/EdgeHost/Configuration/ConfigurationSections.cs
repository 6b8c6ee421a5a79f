using EdgeHost.Deployment;
using EdgeHost.Gateway;
using EdgeHost.Host.Hosting;
using EdgeHost.Ipc;
using EdgeHost.Jobs;
using EdgeHost.Learning;
using EdgeHost.ModelImport;
using EdgeHost.ModelStore;
using EdgeHost.Pictures;
using EdgeHost.PluginHost;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Onnx;
using EdgeHost.Security;
using EdgeHost.Wyoming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Configuration;

/// <summary>The sections of the configuration file and the options classes behind them. The one list by hand: a section a row, never a key.</summary>
internal static class ConfigurationSections
{
    /// <summary>The key of the plugins' own settings.</summary>
    public const string PluginSettings = $"{PluginHostOptions.SectionName}:{nameof(PluginHostOptions.Settings)}";

    public static IReadOnlyList<OptionSection> All { get; } =
    [
        new(EdgeHostRuntimeOptions.SectionName, typeof(EdgeHostRuntimeOptions)),
        new(OnnxEngineOptions.SectionName, typeof(OnnxEngineOptions)),
        new(IpcOptions.SectionName, typeof(IpcOptions)),
        new(AppsOptions.SectionName, typeof(AppsOptions)),
        new(ModelStoreOptions.Section, typeof(ModelStoreOptions)),
        new(ModelImportOptions.Section, typeof(ModelImportOptions)),
        new(PluginHostOptions.SectionName, typeof(PluginHostOptions)),
        new(LearningOptions.SectionName, typeof(LearningOptions)),
        new(PictureOptions.SectionName, typeof(PictureOptions)),
        new(DeploymentOptions.SectionName, typeof(DeploymentOptions)),
        new(JobOptions.SectionName, typeof(JobOptions)),
        new(WyomingOptions.SectionName, typeof(WyomingOptions)),
        new(GatewayOptions.SectionName, typeof(GatewayOptions)),
        new(HostOperationOptions.SectionName, typeof(HostOperationOptions)),
    ];

    /// <summary>
    /// Binds every section; the code behind each call is generated at build time. A section that says nothing is not bound: a host without a configuration
    /// does not compile that code at its start.
    /// </summary>
    public static void Bind(IServiceCollection services, IConfiguration root)
    {
        services.Configure<EdgeHostRuntimeOptions>(options =>
        {
            if (IsThere(root, EdgeHostRuntimeOptions.SectionName)) root.GetSection(EdgeHostRuntimeOptions.SectionName).Bind(options);
        });
        services.Configure<OnnxEngineOptions>(options =>
        {
            if (IsThere(root, OnnxEngineOptions.SectionName)) root.GetSection(OnnxEngineOptions.SectionName).Bind(options);
        });
        services.Configure<IpcOptions>(options =>
        {
            if (IsThere(root, IpcOptions.SectionName)) root.GetSection(IpcOptions.SectionName).Bind(options);
        });
        services.Configure<AppsOptions>(options =>
        {
            if (IsThere(root, AppsOptions.SectionName)) root.GetSection(AppsOptions.SectionName).Bind(options);
        });
        services.Configure<ModelStoreOptions>(options =>
        {
            if (IsThere(root, ModelStoreOptions.Section)) root.GetSection(ModelStoreOptions.Section).Bind(options);
        });
        services.Configure<ModelImportOptions>(options =>
        {
            if (IsThere(root, ModelImportOptions.Section)) root.GetSection(ModelImportOptions.Section).Bind(options);
        });
        services.Configure<PluginHostOptions>(options =>
        {
            if (!IsThere(root, PluginHostOptions.SectionName)) return;
            root.GetSection(PluginHostOptions.SectionName).Bind(options);
            BindPluginSettings(root, options);
        });
        services.Configure<LearningOptions>(options =>
        {
            if (IsThere(root, LearningOptions.SectionName)) root.GetSection(LearningOptions.SectionName).Bind(options);
        });
        services.Configure<PictureOptions>(options =>
        {
            if (IsThere(root, PictureOptions.SectionName)) root.GetSection(PictureOptions.SectionName).Bind(options);
        });
        services.Configure<DeploymentOptions>(options =>
        {
            if (IsThere(root, DeploymentOptions.SectionName)) root.GetSection(DeploymentOptions.SectionName).Bind(options);
        });
        services.Configure<JobOptions>(options =>
        {
            if (IsThere(root, JobOptions.SectionName)) root.GetSection(JobOptions.SectionName).Bind(options);
        });
        services.Configure<WyomingOptions>(options =>
        {
            if (IsThere(root, WyomingOptions.SectionName)) root.GetSection(WyomingOptions.SectionName).Bind(options);
        });
        services.Configure<GatewayOptions>(options =>
        {
            if (IsThere(root, GatewayOptions.SectionName)) root.GetSection(GatewayOptions.SectionName).Bind(options);
        });
        services.Configure<HostOperationOptions>(options =>
        {
            if (IsThere(root, HostOperationOptions.SectionName)) root.GetSection(HostOperationOptions.SectionName).Bind(options);
        });
    }

    private static bool IsThere(IConfiguration root, string section) => root.GetSection(section).Exists();

    /// <summary>A plugin's settings have flat <c>a:b</c> keys, which the binder would take for groups.</summary>
    private static void BindPluginSettings(IConfiguration root, PluginHostOptions options)
    {
        options.Settings.Clear();
        foreach (var plugin in root.GetSection(PluginSettings).GetChildren())
        {
            options.Settings[plugin.Key] = plugin.AsEnumerable(makePathsRelative: true)
                .Where(setting => setting.Value is not null)
                .ToDictionary(setting => setting.Key, setting => setting.Value!, StringComparer.Ordinal);
        }
    }
}
