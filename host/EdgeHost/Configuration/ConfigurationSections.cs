using EdgeHost.Host.Hosting;
using EdgeHost.Ipc;
using EdgeHost.ModelStore;
using EdgeHost.PluginHost;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Onnx;
using EdgeHost.Security;
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
        new(PluginHostOptions.SectionName, typeof(PluginHostOptions)),
        new(HostOperationOptions.SectionName, typeof(HostOperationOptions)),
    ];

    /// <summary>Binds every section; the code behind each call is generated at build time.</summary>
    public static void Bind(IServiceCollection services, IConfiguration root)
    {
        services.Configure<EdgeHostRuntimeOptions>(options => root.GetSection(EdgeHostRuntimeOptions.SectionName).Bind(options));
        services.Configure<OnnxEngineOptions>(options => root.GetSection(OnnxEngineOptions.SectionName).Bind(options));
        services.Configure<IpcOptions>(options => root.GetSection(IpcOptions.SectionName).Bind(options));
        services.Configure<AppsOptions>(options => root.GetSection(AppsOptions.SectionName).Bind(options));
        services.Configure<ModelStoreOptions>(options => root.GetSection(ModelStoreOptions.Section).Bind(options));
        services.Configure<PluginHostOptions>(options =>
        {
            root.GetSection(PluginHostOptions.SectionName).Bind(options);
            BindPluginSettings(root, options);
        });
        services.Configure<HostOperationOptions>(options => root.GetSection(HostOperationOptions.SectionName).Bind(options));
    }

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
