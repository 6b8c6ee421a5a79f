using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests;

/// <summary>The plugin's real models, pulled once for all tests that need them.</summary>
public sealed class SpeechModels : IAsyncLifetime
{
    /// <summary>The plugin's folder.</summary>
    public const string Plugin = "Speech";

    private RealModels? _models;

    public DirectModelProvider Provider => _models!.Provider;

    public async Task InitializeAsync()
        => _models = await RealModels.OpenAsync(Plugin);

    public Task DisposeAsync()
    {
        _models?.Dispose();
        return Task.CompletedTask;
    }

    [CollectionDefinition(nameof(SpeechModels))]
    public sealed class Shared : ICollectionFixture<SpeechModels>;
}
