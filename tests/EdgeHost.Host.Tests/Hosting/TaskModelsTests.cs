using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EdgeHost.Host.Hosting;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Host.Tests.Hosting;

/// <summary>Models by their task, over a real store.</summary>
public sealed class TaskModelsTests : IDisposable
{
    private const string Speech = "speech-recognition";

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly LocalModelStore _store;
    private readonly TaskModels _models;

    public TaskModelsTests()
    {
        var options = Options.Create(new ModelStoreOptions { HomeFolder = _folder.Path, FreeSpaceReserveBytes = 0, CatalogCheckInterval = TimeSpan.FromSeconds(5) });
        Directory.CreateDirectory(_folder.Combine("catalog"));
        _store = new LocalModelStore(options, new ModelCatalog(options), _time, NullLogger<LocalModelStore>.Instance);
        _models = new TaskModels(_store, _time, options);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_ModelsOfATask_SaysWhatIsKnownInTheRightOrder()
    {
        AddModel("alpha", new() { ["language"] = "en" });
        AddModel("beta", new() { ["default"] = "true" });
        AddModel("gamma", []);
        AddModel("other", [], task: "sentiment");
        await _store.PullAsync("gamma", null, null, default);

        var found = _models.Of(Speech);

        Assert.Equal([("gamma", true), ("beta", false), ("alpha", false)], found.Select(model => (model.Id, model.IsInstalled)));
        Assert.Equal(("1.0.0", "The model alpha.", "MIT", "edgehost models pull alpha"), (found[2].Version, found[2].Summary, found[2].Licence, found[2].PullCommand));
        Assert.Equal([KeyValuePair.Create("language", "en")], found[2].Properties);
        Assert.Empty(_models.Of("text-detection"));
    }

    [Fact]
    public void Of_ManifestThatComesLater_ShowsAfterTheInterval()
    {
        Assert.Empty(_models.Of(Speech));
        AddModel("late", []);

        Assert.Empty(_models.Of(Speech));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("late", Assert.Single(_models.Of(Speech)).Id);
        Assert.Equal(Speech, _models.TaskOf("late"));
    }

    [Fact]
    public async Task Of_PulledOrRemovedHere_ShowsAtOnce()
    {
        AddModel("alpha", []);
        Assert.False(Assert.Single(_models.Of(Speech)).IsInstalled);

        await _store.PullAsync("alpha", null, null, default);
        Assert.True(Assert.Single(_models.Of(Speech)).IsInstalled);

        await _store.RemoveAsync("alpha", default);
        Assert.False(Assert.Single(_models.Of(Speech)).IsInstalled);
    }

    [Fact]
    public void Of_AskedAgain_GivesTheSameListWithoutALook()
    {
        AddModel("alpha", []);
        var first = _models.Of(Speech);

        Assert.Same(first, _models.Of(Speech));
    }

    [Fact]
    public async Task TaskOf_Model_IsThatOfItsIdAlsoWithoutAManifest()
    {
        AddModel("alpha", []);
        await _store.PullAsync("alpha", null, null, default);
        Assert.Equal((Speech, Speech, null), (_models.TaskOf("alpha"), _models.TaskOf("alpha@1.0.0+local.1"), _models.TaskOf("beta")));

        File.Delete(_folder.Combine("catalog", "alpha.json"));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((Speech, "alpha"), (_models.TaskOf("alpha"), Assert.Single(_models.Of(Speech)).Id));
    }

    [Fact]
    public void TaskOf_KnownModel_TouchesNoFile()
    {
        AddModel("alpha", []);
        Assert.Equal(Speech, _models.TaskOf("alpha"));

        File.Delete(_folder.Combine("catalog", "alpha.json"));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Speech, _models.TaskOf("alpha"));
        Assert.Empty(_models.Of(Speech));
        Assert.Null(_models.TaskOf("alpha"));
    }

    private void AddModel(string id, JsonObject properties, string task = Speech)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(id);
        File.WriteAllBytes(_folder.Combine("catalog", $"{id}.bin"), content);
        var manifest = new JsonObject
        {
            ["id"] = id,
            ["version"] = "1.0.0",
            ["task"] = task,
            ["summary"] = $"The model {id}.",
            ["licence"] = new JsonObject { ["spdx"] = "MIT", ["permissive"] = true, ["notice"] = "Made by a test." },
            ["properties"] = properties,
            ["variants"] = new JsonArray(new JsonObject
            {
                ["name"] = "only",
                ["graph"] = "model.onnx",
                ["devices"] = new JsonArray("cpu"),
                ["files"] = new JsonArray(new JsonObject
                {
                    ["name"] = "model.onnx",
                    ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
                    ["bytes"] = content.Length,
                    ["sources"] = new JsonArray($"file:{id}.bin"),
                }),
            }),
        };
        File.WriteAllText(_folder.Combine("catalog", $"{id}.json"), manifest.ToJsonString());
    }
}
