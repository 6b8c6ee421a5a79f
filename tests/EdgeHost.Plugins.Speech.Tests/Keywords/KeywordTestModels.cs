using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

/// <summary>The models of keywords, those among them that allow no commercial use: got for tests alone.</summary>
public sealed class KeywordTestModels : IAsyncLifetime
{
    /// <summary>Which of the plugin's models.</summary>
    public const string Set = "Speech:keyword-,oww-,silero-";

    private RealModels? _models;

    public DirectModelProvider Provider => _models!.Provider;

    public async Task InitializeAsync() => _models = await RealModels.OpenAsync(Set);

    public Task DisposeAsync()
    {
        _models?.Dispose();
        return Task.CompletedTask;
    }

    [CollectionDefinition(nameof(KeywordTestModels))]
    public sealed class Shared : ICollectionFixture<KeywordTestModels>;
}
