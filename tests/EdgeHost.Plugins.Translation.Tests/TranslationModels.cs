using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>The plugin with the models that ship with it, for all tests.</summary>
public sealed class TranslationModels : IAsyncLifetime
{
    private RealModels? _models;
    private PluginTestHost? _host;

    public DirectModelProvider Provider => _models!.Provider;

    public PluginTestHost Host => _host!;

    public static Task<PluginTestHost> StartAsync(IModelProvider provider, IReadOnlyDictionary<string, string>? settings = null)
        => PluginTestHost.StartAsync(new TranslationPlugin(), new PluginTestOptions
        {
            Models = provider,
            Settings = settings ?? new Dictionary<string, string>(),
            PluginFolder = Path.Combine(Repository.Artifacts, "plugins", "Translation"),
        });

    public async Task InitializeAsync()
    {
        _models = await RealModels.OpenAsync("Translation");
        _host = await StartAsync(Provider);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _models?.Dispose();
    }

    [CollectionDefinition(nameof(TranslationModels))]
    public sealed class Shared : ICollectionFixture<TranslationModels>;
}
