namespace EdgeHost.ModelStore.Tests;

/// <summary>What resolving a model promises: the right version, unaltered files, and what to do otherwise.</summary>
public sealed partial class LocalModelStoreTests
{
    [Fact]
    public async Task ResolveAsync_NotPulled_GivesTheCommand()
    {
        AddLocal("m", ("model.onnx", Graph));
        var store = _fixture.CreateStore();

        var error = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, async () => await store.ResolveAsync("m", default));
        Assert.Contains("edgehost models pull m", error.Message, StringComparison.Ordinal);

        var unknown = await StoreFixture.FailsAsync(ErrorCode.NotFound, async () => await store.ResolveAsync("x", default));
        Assert.Contains("'x'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResolveAsync_Again_HashesOnlyWhenTheFileChanged()
    {
        AddLocal("m", ("model.onnx", Graph));
        await _fixture.CreateStore().PullAsync("m", null, null, default);
        var store = _fixture.CreateStore();

        await store.ResolveAsync("m", default);
        await store.ResolveAsync("m", default);
        Assert.Equal(1, store.HashedFiles);

        Rewrite(_fixture.BlobOf(Graph), Graph, DateTime.UnixEpoch);
        await store.ResolveAsync("m", default);
        Assert.Equal(2, store.HashedFiles);
    }

    [Fact]
    public async Task ResolveAsync_FileAltered_NamesBothHashesAndAPullMendsIt()
    {
        AddLocal("m", ("model.onnx", Graph));
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        var altered = Graph.ToArray();
        altered[1234] ^= 1;
        var blob = _fixture.BlobOf(Graph);
        var stamp = File.GetLastWriteTimeUtc(blob);

        // Same length, and the time set back: on Linux the inode still tells; elsewhere the time has to differ.
        Rewrite(blob, altered, OperatingSystem.IsLinux() ? stamp : stamp.AddSeconds(5));

        var error = await StoreFixture.FailsAsync(ErrorCode.DataLoss, async () => await store.ResolveAsync("m", default));
        Assert.Equal((StoreFixture.Sha256(Graph), StoreFixture.Sha256(altered)), (error.Details["expected"], error.Details["actual"]));
        Assert.Contains("'model.onnx'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_fixture.Root, error.Message, StringComparison.Ordinal);
        Assert.False(Assert.Single(await store.VerifyAsync(null, default)).IsGood);

        await store.PullAsync("m", null, null, default);
        await store.ResolveAsync("m", default);
        Assert.True(Assert.Single(await store.VerifyAsync("m", default)).IsGood);
    }

    [Fact]
    public async Task ResolveAsync_FileShortOrGone_SaysSo()
    {
        AddLocal("m", ("model.onnx", Graph));
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);

        Rewrite(_fixture.BlobOf(Graph), Graph[..100], DateTime.UnixEpoch);
        var cut = await StoreFixture.FailsAsync(ErrorCode.DataLoss, async () => await store.ResolveAsync("m", default));
        Assert.Equal("100 bytes", cut.Details["actual"]);
        Assert.Equal(ModelState.Incomplete, Assert.Single(await store.ListAsync(default)).State);

        File.Delete(_fixture.BlobOf(Graph));
        var gone = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, async () => await store.ResolveAsync("m", default));
        Assert.Contains("edgehost models pull m@1.0.0", gone.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await store.VerifyAsync("m", default)).Actual);
    }

    [Fact]
    public async Task ResolveAsync_SeveralVersions_TakesTheNewestOnThisDevice()
    {
        AddLocalVersion("m", "1.9.0", Graph);
        AddLocalVersion("m", "1.10.0", Labels);
        AddLocalVersion("m", "2.0.0", Shared);
        var store = _fixture.CreateStore();
        await store.PullAsync("m@1.9.0", null, null, default);
        await store.PullAsync("m@1.10.0", null, null, default);

        Assert.Equal("1.10.0", (await store.ResolveAsync("m", default)).Version);
        Assert.Equal("1.9.0", (await store.ResolveAsync("m@1.9.0", default)).Version);
        await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, async () => await store.ResolveAsync("m@2.0.0", default));
        Assert.Equal([ModelState.NotPulled, ModelState.Installed, ModelState.Installed], (await store.ListAsync(default)).Select(listing => listing.State));
        Assert.Equal("2.0.0", (await store.PullAsync("m", null, null, default)).Manifest.Version);
    }

    [Fact]
    public async Task ResolveAsync_CatalogueNowListsOtherFiles_AsksForAPull()
    {
        AddLocalVersion("m", "1.0.0", Graph);
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        AddLocalVersion("m", "1.0.0", Labels);

        var error = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, async () => await store.ResolveAsync("m", default));
        Assert.Contains("older description", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelState.Outdated, Assert.Single(await store.ListAsync(default)).State);

        await store.PullAsync("m", null, null, default);
        Assert.Equal(StoreFixture.Sha256(Labels), (await store.ResolveAsync("m", default)).GraphSha256);
    }

    [Fact]
    public async Task ResolveAsync_ManifestGoneFromTheCatalogue_StillServesWhatWasPulled()
    {
        AddLocal("m", ("model.onnx", Graph));
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        Directory.Delete(_fixture.CatalogFolder, recursive: true);
        _fixture.Catalog.Refresh();

        Assert.Equal("m", (await store.ResolveAsync("m", default)).Id);
        Assert.Equal(ModelState.Installed, Assert.Single(await store.ListAsync(default)).State);
    }
}
