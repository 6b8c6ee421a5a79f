using System.Text.Json.Nodes;

namespace EdgeHost.ModelStore.Tests;

/// <summary>Models that need others beside them.</summary>
public sealed partial class LocalModelStoreTests
{
    [Fact]
    public async Task PullAsync_ModelThatRequiresOthers_BringsThemFirstAndSaysWhatItDoes()
    {
        AddRequiring("encoder", Graph, ["decoder"]);
        AddRequiring("decoder", Labels, ["words@1.0.0"]);
        AddRequiring("words", Shared, []);
        var store = _fixture.CreateStore();
        var progress = new ProgressLog();

        var installed = await store.PullAsync("encoder", null, progress, default);

        Assert.Equal(("encoder@1.0.0", true), (installed.Manifest.Name, installed.IsRequested));
        foreach (var id in (string[])["encoder", "decoder", "words"]) Assert.Equal(id, (await store.ResolveAsync(id, default)).Id);
        Assert.Equal(
            [("decoder", false), ("encoder", true), ("words", false)],
            (await store.ListAsync(default)).Select(listing => (listing.Manifest.Id, listing.Installed!.IsRequested)));
        var completed = progress.Reports.Where(report => report.Phase == PullPhase.Completed).ToList();
        Assert.Equal([("words", 7_000L), ("decoder", 3_000L), ("encoder", 200_000L)], completed.Select(report => (report.Model, report.BytesDone)));
        Assert.Equal(Graph.Length + Labels.Length + Shared.Length, store.UsedBytes);
    }

    [Fact]
    public async Task PullAsync_RequiredModelAskedForLater_StaysWhenTheOtherGoes()
    {
        AddRequiring("encoder", Graph, ["decoder"]);
        AddRequiring("decoder", Labels, []);
        var store = _fixture.CreateStore();
        await store.PullAsync("encoder", null, null, default);
        await store.PullAsync("decoder", null, null, default);
        await store.PullAsync("encoder", null, null, default);

        var result = await store.RemoveAsync("encoder", default);

        Assert.Equal(["encoder@1.0.0"], result.Models);
        Assert.True(Assert.Single(await store.ListAsync(default), listing => listing.Installed is not null).Installed!.IsRequested);
    }

    [Fact]
    public async Task PullAsync_LicenceOfARequiredModelNotAccepted_InstallsNothingAndShowsEveryLicence()
    {
        AddRequiring("encoder", Graph, ["decoder"], Restrict);
        AddRequiring("decoder", Labels, ["words"], manifest => manifest["licence"] = Licence("LicenseRef-Tail", "Ask first."));
        AddRequiring("words", Shared, []);
        var store = _fixture.CreateStore();

        var error = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, () => store.PullAsync("encoder", null, null, default));

        Assert.Contains("encoder@1.0.0 is under CC-BY-NC-4.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("decoder@1.0.0, which encoder@1.0.0 requires, is under LicenseRef-Tail, which is not a permissive licence: Ask first.", error.Message, StringComparison.Ordinal);
        Assert.Contains("If you accept them all, pull with --accept-license", error.Message, StringComparison.Ordinal);
        Assert.Equal("CC-BY-NC-4.0; LicenseRef-Tail", error.Details["licence"]);
        Assert.False(Directory.Exists(_fixture.BlobsFolder));
        Assert.All(await store.ListAsync(default), listing => Assert.Null(listing.Installed));

        await store.PullAsync("encoder", new PullOptions { Licence = LicenceConsent.Accepted }, null, default);
        Assert.Equal(
            [LicenceConsent.Accepted, LicenceConsent.Accepted, LicenceConsent.NotGiven],
            (await store.ListAsync(default)).Select(listing => listing.Installed!.Licence));
    }

    [Fact]
    public async Task PullAsync_OneRequiredLicenceNotAccepted_NamesThatOne()
    {
        AddRequiring("encoder", Graph, ["decoder"]);
        AddRequiring("decoder", Labels, [], Restrict);

        var error = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, () => _fixture.CreateStore().PullAsync("encoder", null, null, default));

        Assert.StartsWith("decoder@1.0.0, which encoder@1.0.0 requires, is under CC-BY-NC-4.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("If you accept it, pull with", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PullAsync_RequiredModelThatNobodyDescribes_InstallsNothing()
    {
        AddRequiring("encoder", Graph, ["decoder@2.0.0"]);
        AddRequiring("decoder", Labels, []);
        var store = _fixture.CreateStore();

        var error = await StoreFixture.FailsAsync(ErrorCode.NotFound, () => store.PullAsync("encoder", null, null, default));

        Assert.StartsWith("encoder@1.0.0 requires the model 'decoder@2.0.0'", error.Message, StringComparison.Ordinal);
        Assert.All(await store.ListAsync(default), listing => Assert.Null(listing.Installed));
    }

    [Fact]
    public async Task PullAsync_FilesOfARequiredModelCannotBeHad_InstallsNothingAndGoesOnLater()
    {
        AddRequiring("encoder", Graph, ["decoder"]);
        AddRequiring("decoder", Labels, []);
        File.Delete(Path.Combine(_fixture.CatalogFolder, "encoder.bin"));
        var store = _fixture.CreateStore();

        await StoreFixture.FailsAsync(ErrorCode.NotFound, () => store.PullAsync("encoder", null, null, default));
        Assert.All(await store.ListAsync(default), listing => Assert.Null(listing.Installed));

        _fixture.WriteFile("home/catalog/encoder.bin", Graph);
        await store.PullAsync("encoder", null, null, default);
        Assert.All(await store.ListAsync(default), listing => Assert.Equal(ModelState.Installed, listing.State));
    }

    [Fact]
    public async Task PullAsync_TogetherOverTheQuota_ReceivesNothing()
    {
        AddRequiring("encoder", Graph, ["decoder"]);
        AddRequiring("decoder", Labels, []);
        _fixture.Options.QuotaBytes = Graph.Length + Labels.Length - 1;

        var error = await StoreFixture.FailsAsync(ErrorCode.ResourceExhausted, () => _fixture.CreateStore().PullAsync("encoder", null, null, default));

        Assert.StartsWith("encoder@1.0.0 with decoder@1.0.0 needs 203.0 kB", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_fixture.BlobsFolder));
    }

    [Fact]
    public async Task PullAsync_FileThatBothHave_IsCountedOnceAndFetchedOnce()
    {
        AddRequiring("encoder", Graph, ["decoder"]);
        AddRequiring("decoder", Graph, []);
        _fixture.Options.QuotaBytes = Graph.Length;
        var store = _fixture.CreateStore();

        await store.PullAsync("encoder", null, null, default);

        Assert.Equal(Graph.Length, store.UsedBytes);
        Assert.Equal(0, (await store.RemoveAsync("decoder", default)).Bytes);
    }

    [Fact]
    public async Task PullAsync_CircleOfRequirements_BringsEachOnceAndRemovesThemTogether()
    {
        AddRequiring("one", Graph, ["two"]);
        AddRequiring("two", Labels, ["three"]);
        AddRequiring("three", Shared, ["two"]);
        var store = _fixture.CreateStore();

        await store.PullAsync("one", null, null, default);
        Assert.All(await store.ListAsync(default), listing => Assert.Equal(ModelState.Installed, listing.State));

        Assert.Equal(["one@1.0.0", "three@1.0.0", "two@1.0.0"], (await store.RemoveAsync("one", default)).Models.Order(StringComparer.Ordinal));
        Assert.Equal(0, store.UsedBytes);
    }

    [Fact]
    public async Task PullAsync_EndlessRequirements_IsRefused()
    {
        for (var i = 0; i < 66; i++) AddRequiring($"m{i}", Labels, [$"m{i + 1}"]);

        var error = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, () => _fixture.CreateStore().PullAsync("m0", null, null, default));

        Assert.Contains("more than 64 models", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PullAsync_RequiredModelHereInAnotherVariant_BringsNoFurtherOne()
    {
        _fixture.WriteFile("home/catalog/small.bin", Shared);
        AddRequiring("encoder", Graph, ["decoder"]);
        AddRequiring("decoder", Labels, [], manifest =>
        {
            var second = StoreFixture.Manifest("decoder", "1.0.0", ("model.onnx", Shared, ["file:small.bin"]))["variants"]![0]!.DeepClone();
            second["name"] = "int8";
            ((JsonArray)manifest["variants"]!).Add(second);
        });
        var store = _fixture.CreateStore();
        await store.PullAsync("decoder", new PullOptions { Variant = "int8" }, null, default);

        await store.PullAsync("encoder", new PullOptions { Variant = "fp32" }, null, default);

        Assert.Equal("int8", (await store.ResolveAsync("decoder", default)).Variant);
        Assert.Equal(Graph.Length + Shared.Length, store.UsedBytes);
    }

    [Fact]
    public async Task RemoveAsync_RequiredByAnotherModelToo_StaysUntilThatGoes()
    {
        AddRequiring("one", Graph, ["shared"]);
        AddRequiring("two", Labels, ["shared"]);
        AddRequiring("shared", Shared, []);
        var store = _fixture.CreateStore();
        await store.PullAsync(["one", "two"], null, null, default);

        Assert.Equal(["one@1.0.0"], (await store.RemoveAsync("one", default)).Models);
        await store.ResolveAsync("shared", default);
        Assert.Equal(["two@1.0.0", "shared@1.0.0"], (await store.RemoveAsync("two", default)).Models);
        Assert.Equal(0, store.UsedBytes);
    }

    [Fact]
    public async Task ResolveAsync_ShippedModelThatRequiresAnother_FetchesNothingElse()
    {
        AddRequiring("encoder", Graph, ["decoder"], manifest => manifest["shipped"] = true);
        AddRequiring("decoder", Labels, []);
        var store = _fixture.CreateStore();

        await store.ResolveAsync("encoder", default);

        await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, async () => await store.ResolveAsync("decoder", default));
        Assert.True((await store.ListAsync(default))[1].Installed!.IsRequested);
    }

    [Fact]
    public async Task ListAsync_RecordFromBefore_CountsAsAskedFor()
    {
        AddLocal("m", ("model.onnx", Graph));
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        var path = Path.Combine(_fixture.Options.HomeFolder, "models", "installed", "m@1.0.0.json");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        Assert.True(record.Remove("requested"));
        await File.WriteAllTextAsync(path, record.ToJsonString());

        Assert.True(Assert.Single(await _fixture.CreateStore().ListAsync(default)).Installed!.IsRequested);
    }

    private static JsonObject Licence(string spdx, string notice) => new() { ["spdx"] = spdx, ["permissive"] = false, ["notice"] = notice };

    private void AddRequiring(string id, byte[] content, string[] requires, Action<JsonObject>? change = null)
    {
        _fixture.WriteFile($"home/catalog/{id}.bin", content);
        _fixture.AddModel(
            id,
            "1.0.0",
            manifest =>
            {
                manifest["requires"] = new JsonArray([.. requires.Select(required => (JsonNode)required)]);
                change?.Invoke(manifest);
            },
            ("model.onnx", content, [$"file:{id}.bin"]));
    }
}
