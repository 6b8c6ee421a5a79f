using System.Text.Json.Nodes;
using EdgeHost.Disks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.ModelStore.Tests;

public sealed partial class LocalModelStoreTests : IDisposable
{
    private static readonly byte[] Graph = StoreFixture.RandomBytes(200_000, 11);
    private static readonly byte[] Labels = StoreFixture.RandomBytes(3_000, 12);
    private static readonly byte[] Shared = StoreFixture.RandomBytes(7_000, 13);

    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task PullAsync_FileSource_GivesEverythingTheEngineNeeds()
    {
        AddLocal("m", ("model.onnx", Graph), ("labels.txt", Labels));
        var store = _fixture.CreateStore();

        var installed = await store.PullAsync("m", null, null, default);

        Assert.Equal(["fp32"], installed.Variants);
        var resolved = await store.ResolveAsync("m", default);
        Assert.Equal(("m", "1.0.0", "fp32"), (resolved.Id, resolved.Version, resolved.Variant));
        Assert.Equal(StoreFixture.Sha256(Graph), resolved.GraphSha256);
        Assert.Equal(Graph.Length + Labels.Length, resolved.SizeBytes);
        Assert.Equal(Labels, await File.ReadAllBytesAsync(resolved.Files["labels.txt"]));
        Assert.Equal([DeviceKind.Cpu], resolved.PreferredDevices);
        Assert.True(Path.IsPathRooted(resolved.GraphPath));
    }

    [Fact]
    public async Task PullAsync_MirrorWithOtherNames_FindsFilesByHash()
    {
        _fixture.WriteFile("mirror/deep/whatever.bin", Graph);
        _fixture.WriteFile("mirror/same-length.bin", StoreFixture.RandomBytes(Labels.Length, 99));
        _fixture.WriteFile("mirror/labels", Labels);
        _fixture.AddModel("m", ("model.onnx", Graph, ["https://nowhere.example/a"]), ("labels.txt", Labels, ["npm:none@1.0.0/b"]));
        var store = _fixture.CreateStore();

        await store.PullAsync("m", new PullOptions { Mirror = Path.Combine(_fixture.Root, "mirror") }, null, default);

        Assert.Equal(Graph, await File.ReadAllBytesAsync((await store.ResolveAsync("m", default)).GraphPath));
    }

    [Fact]
    public async Task PullAsync_BlobsFolderOfAnotherHostAsMirror_Works()
    {
        _fixture.WriteFile("usb/blobs/sha256-" + StoreFixture.Sha256(Graph), Graph);
        _fixture.Options.MirrorFolders.Add(Path.Combine(_fixture.Root, "not-there"));
        _fixture.Options.MirrorFolders.Add(Path.Combine(_fixture.Root, "usb"));
        _fixture.AddModel("m", ("model.onnx", Graph, ["https://nowhere.example/a"]));

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.True(File.Exists(_fixture.BlobOf(Graph)));
    }

    [Fact]
    public async Task PullAsync_MirrorGivenDoesNotExist_IsInvalid()
    {
        AddLocal("m", ("model.onnx", Graph));

        await StoreFixture.FailsAsync(
            ErrorCode.InvalidArgument,
            () => _fixture.CreateStore().PullAsync("m", new PullOptions { Mirror = Path.Combine(_fixture.Root, "none") }, null, default));
    }

    [Fact]
    public async Task PullAsync_FileSourceWithOtherBytes_NamesBothHashes()
    {
        var other = StoreFixture.RandomBytes(Graph.Length, 77);
        _fixture.WriteFile("home/catalog/model.onnx", other);
        _fixture.AddModel("m", ("model.onnx", Graph, ["file:model.onnx"]));

        var error = await StoreFixture.FailsAsync(ErrorCode.DataLoss, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Equal((StoreFixture.Sha256(Graph), StoreFixture.Sha256(other)), (error.Details["expected"], error.Details["actual"]));
        Assert.Empty(Directory.GetFiles(_fixture.BlobsFolder));
    }

    [Fact]
    public async Task PullAsync_UnknownModelOrVersionOrVariant_SaysWhatThereIs()
    {
        AddLocal("ocr-det", ("model.onnx", Graph));
        var store = _fixture.CreateStore();

        var model = await StoreFixture.FailsAsync(ErrorCode.NotFound, () => store.PullAsync("ocr-dec", null, null, default));
        var version = await StoreFixture.FailsAsync(ErrorCode.NotFound, () => store.PullAsync("ocr-det@9.0.0", null, null, default));
        var variant = await StoreFixture.FailsAsync(ErrorCode.NotFound, () => store.PullAsync("ocr-det", new PullOptions { Variant = "int4" }, null, default));

        Assert.Contains("Did you mean ocr-det?", model.Message, StringComparison.Ordinal);
        Assert.Contains("Known versions: 1.0.0.", version.Message, StringComparison.Ordinal);
        Assert.Contains("it has fp32", variant.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PullAsync_LicenceNotPermissive_NeedsConsentWhichIsRemembered()
    {
        _fixture.WriteFile("home/catalog/model.onnx", Graph);
        _fixture.AddModel("m", "1.0.0", Restrict, ("model.onnx", Graph, ["file:model.onnx"]));
        var store = _fixture.CreateStore();

        var error = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, () => store.PullAsync("m", null, null, default));
        Assert.Contains("CC-BY-NC-4.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Not for sale.", error.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-license", error.Message, StringComparison.Ordinal);

        var installed = await store.PullAsync("m", new PullOptions { Licence = LicenceConsent.Accepted }, null, default);
        Assert.Equal(LicenceConsent.Accepted, installed.Licence);
        Assert.Equal(LicenceConsent.Accepted, (await _fixture.CreateStore().PullAsync("m", null, null, default)).Licence);
    }

    [Fact]
    public async Task PullAsync_LicenceAcceptedInOptions_NeedsNoFlag()
    {
        _fixture.WriteFile("home/catalog/model.onnx", Graph);
        _fixture.AddModel("m", "1.0.0", Restrict, ("model.onnx", Graph, ["file:model.onnx"]));
        _fixture.Options.AcceptedLicences.Add("CC-BY-NC-4.0");

        Assert.Equal(LicenceConsent.Accepted, (await _fixture.CreateStore().PullAsync("m", null, null, default)).Licence);
    }

    [Fact]
    public async Task PullAsync_OverTheQuota_NamesBothFigures()
    {
        AddLocal("small", ("labels.txt", Labels));
        AddLocal("big", ("model.onnx", Graph));
        _fixture.Options.QuotaBytes = 100_000;
        var store = _fixture.CreateStore();
        await store.PullAsync("small", null, null, default);

        var error = await StoreFixture.FailsAsync(ErrorCode.ResourceExhausted, () => store.PullAsync("big", null, null, default));

        Assert.Contains("200.0 kB (200,000 bytes)", error.Message, StringComparison.Ordinal);
        Assert.Contains("100.0 kB (100,000 bytes)", error.Message, StringComparison.Ordinal);
        Assert.Equal(("200000", "97000"), (error.Details["needed_bytes"], error.Details["available_bytes"]));
        Assert.False(File.Exists(_fixture.BlobOf(Graph)));
    }

    [Fact]
    public async Task PullAsync_DiskTooFull_NamesBothFiguresAndReceivesNothing()
    {
        AddLocal("m", ("model.onnx", Graph));
        _fixture.Options.FreeSpaceReserveBytes = 1_000;
        _fixture.Disk.Free = 200_999;

        var error = await StoreFixture.FailsAsync(ErrorCode.ResourceExhausted, () => _fixture.CreateStore().PullAsync("m", null, null, default));
        Assert.Contains("201.0 kB (200,999 bytes) are free", error.Message, StringComparison.Ordinal);
        Assert.Equal("200000", error.Details["needed_bytes"]);

        _fixture.Disk.Free = 201_000;
        await _fixture.CreateStore().PullAsync("m", null, null, default);
    }

    [Fact]
    public async Task PullAsync_AnotherProcessHoldsTheBlobTooLong_GivesUp()
    {
        AddLocal("m", ("model.onnx", Graph));
        _fixture.Options.LockTimeout = TimeSpan.FromMilliseconds(50);
        var locks = Directory.CreateDirectory(Path.Combine(_fixture.Options.HomeFolder, "models", "locks")).FullName;
        using var held = new FileStream(Path.Combine(locks, $"blob-{StoreFixture.Sha256(Graph)}.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var progress = new ProgressLog();

        var error = await StoreFixture.FailsAsync(ErrorCode.Unavailable, () => _fixture.CreateStore().PullAsync("m", null, progress, default));

        Assert.Contains("'model.onnx'", error.Message, StringComparison.Ordinal);
        Assert.Contains(progress.Reports, report => report.Phase == PullPhase.Waiting);
    }

    [Fact]
    public async Task ListAsync_DamagedRecord_CountsAsNotPulled()
    {
        AddLocal("m", ("model.onnx", Graph));
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        await File.WriteAllTextAsync(Path.Combine(_fixture.Options.HomeFolder, "models", "installed", "m@1.0.0.json"), "{\"record\":1}");

        Assert.Equal(ModelState.NotPulled, Assert.Single(await store.ListAsync(default)).State);
    }

    [Fact]
    public async Task RemoveAsync_BlobSharedWithAnotherModel_KeepsIt()
    {
        AddLocal("one", ("model.onnx", Graph), ("shared.txt", Shared));
        AddLocal("two", ("model.onnx", Labels), ("shared.txt", Shared));
        var store = _fixture.CreateStore();
        await store.PullAsync("one", null, null, default);
        await store.PullAsync("two", null, null, default);
        Assert.Equal(Graph.Length + Labels.Length + Shared.Length, store.UsedBytes);

        var result = await store.RemoveAsync("one", default);

        Assert.Equal(["one@1.0.0"], result.Models);
        Assert.Equal((1, Graph.Length), (result.Blobs, result.Bytes));
        await store.ResolveAsync("two", default);
        await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, () => store.RemoveAsync("one", default));
        await StoreFixture.FailsAsync(ErrorCode.NotFound, () => store.RemoveAsync("three", default));
    }

    [Fact]
    public async Task PruneAsync_OrphansAndLeftovers_DeletesThemAndKeepsWhatIsUsed()
    {
        AddLocal("m", ("model.onnx", Graph));
        var store = _fixture.CreateStore();
        Assert.Equal(0, (await store.PruneAsync(default)).Bytes);
        await store.PullAsync("m", null, null, default);
        await File.WriteAllBytesAsync(_fixture.BlobOf(Labels), Labels);
        await File.WriteAllBytesAsync(Path.Combine(_fixture.BlobsFolder, "partial", "x.part"), new byte[10]);
        _fixture.WriteFile("home/models/packages/k/package.tgz", new byte[20]);

        var result = await store.PruneAsync(default);

        Assert.Equal((1, Labels.Length + 30), (result.Blobs, result.Bytes));
        Assert.False(File.Exists(_fixture.BlobOf(Labels)));
        Assert.Equal(Graph.Length, store.UsedBytes);
        await store.ResolveAsync("m", default);
    }

    [Fact]
    public async Task PruneAsync_WhilePulling_IsRefused()
    {
        AddLocal("m", ("model.onnx", Graph));
        _fixture.Options.LockTimeout = TimeSpan.FromMilliseconds(50);
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        var path = Path.Combine(_fixture.Options.HomeFolder, "models", "locks", "store.lock");
        using var pulling = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

        await StoreFixture.FailsAsync(ErrorCode.Aborted, () => store.PruneAsync(default));
        await StoreFixture.FailsAsync(ErrorCode.Aborted, () => store.RemoveAsync("m", default));
    }

    [Fact]
    public async Task PullAsync_SecondVariant_KeepsTheFirst()
    {
        _fixture.WriteFile("home/catalog/a.onnx", Graph);
        _fixture.WriteFile("home/catalog/b.onnx", Labels);
        _fixture.AddModel(
            "m",
            "1.0.0",
            manifest =>
            {
                var second = StoreFixture.Manifest("m", "1.0.0", ("model.onnx", Labels, ["file:b.onnx"]))["variants"]![0]!.DeepClone();
                second["name"] = "int8";
                ((JsonArray)manifest["variants"]!).Add(second);
            },
            ("model.onnx", Graph, ["file:a.onnx"]));
        var store = _fixture.CreateStore();

        await store.PullAsync("m", new PullOptions { Variant = "int8" }, null, default);
        Assert.Equal("int8", (await store.ResolveAsync("m", default)).Variant);
        var installed = await store.PullAsync("m", null, null, default);

        Assert.Equal(["int8", "fp32"], installed.Variants);
        Assert.Equal("fp32", (await store.ResolveAsync("m", default)).Variant);
    }

    [Fact]
    public void AddModelStore_WithOptions_ResolvesAndValidates()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILogger<LocalModelStore>>(NullLogger<LocalModelStore>.Instance);
        services.AddModelStore(options =>
        {
            options.HomeFolder = _fixture.Options.HomeFolder;
            options.QuotaBytes = 5;
        });
        using (var provider = services.BuildServiceProvider())
        {
            Assert.Equal(0, provider.GetRequiredService<LocalModelStore>().UsedBytes);
        }

        services.AddModelStore(options => options.QuotaBytes = 0);
        using var wrong = services.BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(() => wrong.GetRequiredService<LocalModelStore>());
        Assert.Contains("ModelStore:QuotaBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsFull_WriteToAFullDevice_IsRecognised()
    {
        if (!File.Exists("/dev/full")) return;
        var error = Assert.Throws<IOException>(() =>
        {
            using var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write([1, 2, 3]);
        });

        Assert.True(DiskErrors.IsFull(error));
        Assert.False(DiskErrors.IsFull(new FileNotFoundException()));
    }

    private static void Restrict(JsonObject manifest)
        => manifest["licence"] = new JsonObject { ["spdx"] = "CC-BY-NC-4.0", ["permissive"] = false, ["notice"] = "Not for sale." };

    private static void Rewrite(string path, byte[] content, DateTime stamp)
    {
        File.Delete(path);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, stamp);
    }

    private void AddLocal(string id, params (string Name, byte[] Content)[] files)
    {
        foreach (var (name, content) in files)
        {
            _fixture.WriteFile($"home/catalog/{id}/{name}", content);
        }

        _fixture.AddModel(id, [.. files.Select(file => (file.Name, file.Content, (string[])[$"file:{id}/{file.Name}"]))]);
    }

    private void AddLocalVersion(string id, string version, byte[] graph)
    {
        _fixture.WriteFile($"home/catalog/{id}-{version}.onnx", graph);
        _fixture.AddModel(id, version, _ => { }, ("model.onnx", graph, [$"file:{id}-{version}.onnx"]));
    }
}
