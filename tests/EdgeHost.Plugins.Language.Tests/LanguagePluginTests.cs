using System.Text.Json;
using EdgeHost.Capabilities.Language;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Language.Tests;

/// <summary>The plugin as the host sees it: manifest, registrations, bytes in and bytes out.</summary>
[Collection(nameof(LanguageModels))]
public class LanguagePluginTests(LanguageModels models)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "plugins", "Language");

    [Fact]
    public async Task Configure_Capabilities_AreThoseOfTheManifest()
    {
        using var manifest = ReadManifest();
        await using var host = await StartAsync(new NoModels());

        Assert.Equal(Strings(manifest, "capabilities").Order(), host.Capabilities.Select(static capability => capability.Method).Order());
        Assert.Equal(Strings(manifest, "models").Order(), host.Capabilities.SelectMany(static capability => capability.Models).Order());
        Assert.All(host.Capabilities, static capability => JsonDocument.Parse(capability.ExampleRequest).Dispose());
    }

    [Fact]
    public void Models_OfTheManifest_ShipBesideTheirDescriptionAndStaySmall()
    {
        using var manifest = ReadManifest();
        long bytes = 0;
        foreach (var id in Strings(manifest, "models"))
        {
            using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "models", $"{id}.json")));
            Assert.True(description.RootElement.GetProperty("shipped").GetBoolean());
            bytes += Directory.EnumerateFiles(Path.Combine(Folder, "models", id)).Sum(file => new FileInfo(file).Length);
        }

        Assert.InRange(bytes, 1, 30_000_000);
    }

    [Fact]
    public void Personalisation_IsOfTheHeadAsItShips()
    {
        using var manifest = ReadManifest();
        var wanted = manifest.RootElement.GetProperty("personalisation")[0];
        var model = wanted.GetProperty("model").GetString()!;
        using var spec = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, wanted.GetProperty("spec").GetString()!)));
        using var card = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "models", model, "model.json")));
        var (network, data) = (spec.RootElement.GetProperty("network"), spec.RootElement.GetProperty("data"));

        Assert.Equal((model, wanted.GetProperty("method").GetString()), (spec.RootElement.GetProperty("personalises").GetString(), data.GetProperty("dataset").GetString()));
        Assert.Equal(card.RootElement.GetProperty("inputs")[0].GetProperty("shape")[1].GetInt32(), network.GetProperty("inputs")[0].GetProperty("shape")[0].GetInt32());
        Assert.Equal(card.RootElement.GetProperty("labels").GetArrayLength(), network.GetProperty("layers")[0].GetProperty("width").GetInt32());
        Assert.True(File.Exists(Path.Combine(Folder, "models", model, data.GetProperty("replay").GetString()!)));
        Assert.Equal(Strings(manifest, "models").Except([model]), data.GetProperty("features_of").EnumerateArray().Select(static item => item.GetString()!));
    }

    [RealModelsFact(LanguageModels.Plugin)]
    public async Task AnalyzeSentiment_Text_AnswersOverTheWire()
    {
        await using var host = await StartAsync(models.Provider);

        var response = await host.CallAsync<AnalyzeSentimentRequest, AnalyzeSentimentResponse>(
            LanguageMethods.AnalyzeSentiment, new AnalyzeSentimentRequest { Text = "What a wonderful concert, I enjoyed every minute." });

        Assert.Equal((Sentiment.Positive, "en"), (response.Label, response.Language));
        Assert.Equal(response.Scores.Positive, response.Score);
        Assert.Equal(1, response.Scores.Negative + response.Scores.Neutral + response.Scores.Positive, 4);
        Assert.InRange(response.Coverage, 0.9, 1);
        Assert.Null(response.Features);
        Assert.Equal(["language-features-en", "language-sentiment"], response.Models.Select(model => model.Split('@')[0]));
    }

    [RealModelsFact(LanguageModels.Plugin)]
    public async Task AnalyzeSentiment_WithFeatures_HasThoseOfItsLanguageAlone()
    {
        await using var host = await StartAsync(models.Provider);

        var english = await FeaturesAsync(host, "A lovely day.");
        var chinese = await FeaturesAsync(host, "天气真好");

        Assert.Equal(english.Count, chinese.Count);
        Assert.InRange(english.Count, 64, 512);
        Assert.All(english.Zip(chinese), pair => Assert.True(pair.First == 0 || pair.Second == 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    public async Task AnalyzeSentiment_EmptyText_IsAnInvalidArgument(string text)
        => Assert.Contains("empty", (await FailsAsync(ErrorCode.InvalidArgument, text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task AnalyzeSentiment_LongText_IsAnInvalidArgumentWithBothFigures()
    {
        var error = await FailsAsync(ErrorCode.InvalidArgument, new string('a', 4001));

        Assert.Contains("4001", error.Message, StringComparison.Ordinal);
        Assert.Contains("4000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnalyzeSentiment_WithoutModels_PassesTheHostsErrorOn() => await FailsAsync(ErrorCode.FailedPrecondition, "good");

    [Theory]
    [InlineData("80")]
    [InlineData("c1")]
    [InlineData("81a4746578742a")]
    public async Task AnalyzeSentiment_BodyThatIsWrong_IsAnInvalidArgument(string hex)
    {
        await using var host = await StartAsync(new NoModels());

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync(LanguageMethods.AnalyzeSentiment, Convert.FromHexString(hex)));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
    }

    private static async Task<IReadOnlyList<float>> FeaturesAsync(PluginTestHost host, string text)
        => (await host.CallAsync<AnalyzeSentimentRequest, AnalyzeSentimentResponse>(
            LanguageMethods.AnalyzeSentiment, new AnalyzeSentimentRequest { Text = text, IncludeFeatures = true })).Features!;

    private static async Task<EdgeHostException> FailsAsync(ErrorCode code, string text)
    {
        await using var host = await StartAsync(new NoModels());
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<AnalyzeSentimentRequest, AnalyzeSentimentResponse>(
            LanguageMethods.AnalyzeSentiment, new AnalyzeSentimentRequest { Text = text }));
        Assert.Equal(code, error.Code);
        return error;
    }

    private static string[] Strings(JsonDocument manifest, string property)
        => [.. manifest.RootElement.GetProperty(property).EnumerateArray().Select(static value => value.GetString()!)];

    private static async Task<PluginTestHost> StartAsync(IModelProvider provider)
    {
        using var manifest = ReadManifest();
        return await PluginTestHost.StartAsync(
            new LanguagePlugin(), new PluginTestOptions { Models = provider, ManifestCapabilities = Strings(manifest, "capabilities") });
    }

    private static JsonDocument ReadManifest() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "plugin.json")));
}
