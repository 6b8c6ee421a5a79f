using System.Text.Json.Nodes;

namespace EdgeHost.ModelStore.Tests;

/// <summary>What stands for each id.</summary>
public sealed partial class LocalModelStoreTests
{
    [Fact]
    public async Task ListCurrent_OldVersionInstalled_IsWhatTheIdGives()
    {
        AddVersion("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        Assert.Equal([("m@1.0.0", false)], Current(store));
        await store.PullAsync("m", null, null, default);
        AddVersion("m", "2.0.0", Labels);

        Assert.Equal([("m@1.0.0", true)], Current(store));
        Assert.Equal("1.0.0", (await store.ResolveAsync("m", default)).Version);

        await store.PullAsync("m", null, null, default);
        Assert.Equal([("m@2.0.0", true)], Current(store));
        await store.RemoveAsync("m", default);
        Assert.Equal([("m@2.0.0", false)], Current(store));
    }

    [Fact]
    public async Task ListCurrent_ShippedModel_CountsAsInstalledBeforeItsFirstUse()
    {
        AddVersion("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        AddShipped("m", "2.0.0", Labels);

        Assert.Equal([("m@2.0.0", true)], Current(store));
        Assert.Equal("2.0.0", (await store.ResolveAsync("m", default)).Version);
        Assert.Equal([("m@2.0.0", true)], Current(store));
    }

    [Fact]
    public async Task ListCurrent_FileGone_IsNotInstalled()
    {
        AddVersion("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);

        File.Delete(_fixture.BlobOf(Graph));

        Assert.Equal([("m@1.0.0", false)], Current(store));
    }

    [Fact]
    public async Task ResolveAsync_PropertiesChangedSinceThePull_GivesWhatTheCatalogueSaysNow()
    {
        AddVersion("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        var before = await store.ResolveAsync("m", default);

        AddVersion("m", "1.0.0", Graph, manifest => manifest["properties"] = new JsonObject { ["language"] = "en" });
        var after = await store.ResolveAsync("m", default);
        File.Delete(Path.Combine(_fixture.CatalogFolder, "m-1.0.0.json"));
        _fixture.Catalog.Refresh();
        var alone = await store.ResolveAsync("m", default);

        Assert.Equal(("test", 0), (before.Task, before.Properties.Count));
        Assert.Equal(("test", "en"), (after.Task, after.Properties["language"]));
        Assert.Equal(("test", 0), (alone.Task, alone.Properties.Count));
    }

    [Fact]
    public async Task Revision_PullRemoveAndRefresh_Rises()
    {
        AddVersion("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        var seen = new List<int> { store.Revision };
        await store.PullAsync("m", null, null, default);
        seen.Add(store.Revision);
        _ = store.ListCurrent();
        Assert.Equal(seen[^1], store.Revision);
        await store.RemoveAsync("m", default);
        seen.Add(store.Revision);
        AddVersion("n", "1.0.0", Labels);
        seen.Add(store.Revision);

        Assert.Equal(seen.Distinct().Order(), seen);
    }

    private static IEnumerable<(string Name, bool IsInstalled)> Current(LocalModelStore store)
        => store.ListCurrent().Select(model => (model.Manifest.Name, model.IsInstalled));

    private void AddVersion(string id, string version, byte[] graph, Action<JsonObject>? change = null)
    {
        _fixture.WriteFile($"home/catalog/{id}-{version}.bin", graph);
        _fixture.AddModel(id, version, change ?? (_ => { }), ("model.onnx", graph, [$"file:{id}-{version}.bin"]));
    }
}
