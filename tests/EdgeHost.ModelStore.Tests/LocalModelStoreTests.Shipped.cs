namespace EdgeHost.ModelStore.Tests;

/// <summary>Models whose files lie beside their manifest are there without a pull.</summary>
public sealed partial class LocalModelStoreTests
{
    [Fact]
    public async Task ResolveAsync_ShippedModel_TakesItsFilesWithoutAPull()
    {
        AddShipped("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();

        var found = await store.ResolveAsync("m", default);

        Assert.Equal("1.0.0", found.Version);
        Assert.Equal(Graph, await File.ReadAllBytesAsync(found.GraphPath));
        Assert.Equal(ModelState.Installed, Assert.Single(await store.ListAsync(default)).State);
    }

    [Fact]
    public async Task ResolveAsync_ShippedByManyAtOnce_IsTakenByAll()
    {
        AddShipped("m", "1.0.0", Graph);
        var stores = Enumerable.Range(0, 8).Select(_ => _fixture.CreateStore()).ToArray();

        var found = await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.ResolveAsync("m", default))));

        Assert.All(found, model => Assert.Equal("1.0.0", model.Version));
    }

    [Fact]
    public async Task ResolveAsync_NewerOneShips_IsTaken()
    {
        AddShipped("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        await store.ResolveAsync("m", default);
        AddShipped("m", "1.1.0", Labels);

        Assert.Equal("1.1.0", (await store.ResolveAsync("m", default)).Version);
        Assert.Equal("1.0.0", (await store.ResolveAsync("m@1.0.0", default)).Version);
    }

    [Fact]
    public async Task ResolveAsync_ShippedAndGone_IsTakenAgain()
    {
        AddShipped("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        await store.ResolveAsync("m", default);
        await store.RemoveAsync("m", default);

        Assert.Equal(Graph, await File.ReadAllBytesAsync((await store.ResolveAsync("m", default)).GraphPath));
        File.Delete(_fixture.BlobOf(Graph));
        Assert.Equal(Graph, await File.ReadAllBytesAsync((await store.ResolveAsync("m", default)).GraphPath));
    }

    [Fact]
    public async Task ResolveAsync_ShippedFileAltered_NamesBothHashes()
    {
        AddShipped("m", "1.0.0", Graph);
        _fixture.WriteFile("home/catalog/m-1.0.0.onnx", StoreFixture.RandomBytes(Graph.Length, 78));

        await StoreFixture.FailsAsync(ErrorCode.DataLoss, async () => await _fixture.CreateStore().ResolveAsync("m", default));
    }

    [Theory]
    [InlineData("file:../model.onnx")]
    [InlineData("file:/model.onnx")]
    [InlineData("https://one.example/model.onnx")]
    public void Catalogue_ShippedModelWithFilesElsewhere_IsAProblem(string source)
    {
        _fixture.AddModel("m", "1.0.0", manifest => manifest["shipped"] = true, ("model.onnx", Graph, [source]));

        var problem = Assert.Single(_fixture.Catalog.Problems);

        Assert.Contains(problem.Problems, p => p.Path == "$.shipped" && p.Message.Contains("model.onnx", StringComparison.Ordinal));
        Assert.Empty(_fixture.Catalog.Models);
    }

    [Fact]
    public void Catalogue_ShippedModelThatNeedsConsent_IsAProblem()
    {
        _fixture.AddModel("m", "1.0.0", manifest => { Restrict(manifest); manifest["shipped"] = true; }, ("model.onnx", Graph, ["file:model.onnx"]));

        Assert.Contains(Assert.Single(_fixture.Catalog.Problems).Problems, p => p.Path == "$.shipped");
    }

    private void AddShipped(string id, string version, byte[] graph)
    {
        _fixture.WriteFile($"home/catalog/{id}-{version}.onnx", graph);
        _fixture.AddModel(id, version, manifest => manifest["shipped"] = true, ("model.onnx", graph, [$"file:{id}-{version}.onnx"]));
    }
}
