using System.Net;

namespace EdgeHost.ModelStore.Tests.Sources;

public sealed class HttpPullTests : IAsyncLifetime
{
    private static readonly byte[] Content = StoreFixture.RandomBytes(400_000, 3);

    private readonly StoreFixture _fixture = new();
    private readonly FileServer _server = new(Content);

    private string PartialFile => Path.Combine(_fixture.BlobsFolder, "partial", StoreFixture.Sha256(Content) + ".part");

    public Task InitializeAsync()
    {
        _fixture.Handler = _server.CreateHandler();
        _fixture.AddModel("m", ("model.onnx", Content, ["https://models.example/files/model.onnx"]));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _fixture.Dispose();
    }

    [Fact]
    public async Task PullAsync_Https_InstallsAndReports()
    {
        var progress = new ProgressLog();
        var store = _fixture.CreateStore();

        await store.PullAsync("m", null, progress, default);

        Assert.Equal(Content, await File.ReadAllBytesAsync((await store.ResolveAsync("m", default)).GraphPath));
        Assert.Contains(progress.Reports, report => report.Phase == PullPhase.Downloading);
        Assert.Equal(Content.Length, progress.Reports[^1].BytesDone);
        Assert.Empty(Directory.GetFiles(Path.Combine(_fixture.BlobsFolder, "partial")));
    }

    [Fact]
    public async Task PullAsync_HuggingFaceSource_AsksForTheFileAtItsRevision()
    {
        _fixture.AddModel("hub", ("model.onnx", Content, ["hf:owner/repo@abc123/onnx/model file.onnx"]));

        await _fixture.CreateStore().PullAsync("hub", null, null, default);

        Assert.Equal("/owner/repo/resolve/abc123/onnx/model%20file.onnx", Assert.Single(_server.Requests).Path);
    }

    [Fact]
    public async Task PullAsync_ConnectionCut_ResumesWhereItStopped()
    {
        _server.Cuts = 2;
        _server.CutAfter = 100_000;
        var progress = new ProgressLog();

        await _fixture.CreateStore().PullAsync("m", null, progress, default);

        Assert.Equal([null, "bytes=100000-", "bytes=200000-"], _server.Requests.Select(request => request.Range));
        Assert.Equal([null, "\"one\"", "\"one\""], _server.Requests.Select(request => request.IfRange));
        Assert.All(progress.Reports.Zip(progress.Reports.Skip(1)), pair => Assert.True(pair.First.BytesDone <= pair.Second.BytesDone));
    }

    [Fact]
    public async Task PullAsync_CancelledThenPulledByAnotherStore_ResumesWhereItStopped()
    {
        _server.Cuts = 1;
        _server.CutAfter = 150_000;
        _server.GoesSilent = true;
        using var cancel = new CancellationTokenSource();
        var progress = new ProgressLog(report => report.BytesDone > 0);
        var pull = _fixture.CreateStore().PullAsync("m", null, progress, cancel.Token);
        await progress.Seen;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        var kept = new FileInfo(PartialFile).Length;
        Assert.InRange(kept, 1, 150_000);

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.Equal($"bytes={kept}-", _server.Requests[^1].Range);
        Assert.True(File.Exists(_fixture.BlobOf(Content)));
    }

    [Fact]
    public async Task PullAsync_FileChangedSinceTheCut_StartsOver()
    {
        _server.Cuts = 1;
        _server.CutAfter = 100_000;
        _server.Content = StoreFixture.RandomBytes(Content.Length, 4);
        _fixture.Options.HttpAttempts = 1;
        await StoreFixture.FailsAsync(ErrorCode.Unavailable, () => _fixture.CreateStore().PullAsync("m", null, null, default));
        _server.Content = Content;
        _server.ETag = "\"two\"";

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.Equal(("bytes=100000-", "\"one\""), (_server.Requests[1].Range, _server.Requests[1].IfRange));
        Assert.Equal(Content, await File.ReadAllBytesAsync(_fixture.BlobOf(Content)));
    }

    [Fact]
    public async Task PullAsync_PartialOfOtherBytesWithoutValidator_StartsOverOnce()
    {
        _server.ETag = null;
        Directory.CreateDirectory(Path.GetDirectoryName(PartialFile)!);
        await File.WriteAllBytesAsync(PartialFile, StoreFixture.RandomBytes(50_000, 5));

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.Equal(["bytes=50000-", null], _server.Requests.Select(request => request.Range));
        Assert.Equal(Content, await File.ReadAllBytesAsync(_fixture.BlobOf(Content)));
    }

    [Fact]
    public async Task PullAsync_ServerWithoutRanges_ReceivesTheWholeAgain()
    {
        _server.SupportsRanges = false;
        _server.Cuts = 1;
        _server.CutAfter = 100_000;

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.Equal(2, _server.Requests.Count);
        Assert.Equal(Content, await File.ReadAllBytesAsync(_fixture.BlobOf(Content)));
    }

    [Fact]
    public async Task PullAsync_CompletePartialLeftBehind_IsInstalledWithoutARequest()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PartialFile)!);
        await File.WriteAllBytesAsync(PartialFile, Content);

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task PullAsync_WrongBytes_NamesBothHashesAndKeepsNothing()
    {
        _server.Content = StoreFixture.RandomBytes(Content.Length, 6);

        var error = await StoreFixture.FailsAsync(ErrorCode.DataLoss, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains(StoreFixture.Sha256(Content), error.Message, StringComparison.Ordinal);
        Assert.Contains(StoreFixture.Sha256(_server.Content), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(_fixture.BlobsFolder, "partial")));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task PullAsync_WrongLengthAnnounced_IsRefusedBeforeTheBody()
    {
        _server.Content = Content[..^7];

        var error = await StoreFixture.FailsAsync(ErrorCode.DataLoss, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Equal(("400000 bytes", "399993 bytes"), (error.Details["expected"], error.Details["actual"]));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, ErrorCode.NotFound, 1)]
    [InlineData(HttpStatusCode.Forbidden, ErrorCode.PermissionDenied, 1)]
    [InlineData(HttpStatusCode.NotAcceptable, ErrorCode.Unavailable, 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, ErrorCode.Unavailable, 5)]
    [InlineData(HttpStatusCode.TooManyRequests, ErrorCode.Unavailable, 5)]
    public async Task PullAsync_ServerRefuses_MapsTheStatusAndRetriesOnlyWhatMayPass(HttpStatusCode status, ErrorCode expected, int requests)
    {
        _server.Refuse = status;

        var error = await StoreFixture.FailsAsync(expected, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains("models.example", error.Message, StringComparison.Ordinal);
        Assert.Contains($"HTTP {(int)status}", error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, _server.Requests.Count);
    }

    [Fact]
    public async Task PullAsync_ServerStandsStill_IsLeftAfterTheStallTime()
    {
        _fixture.Options.HttpStallTimeout = TimeSpan.FromMilliseconds(200);
        _server.Cuts = 1;
        _server.CutAfter = 100_000;
        _server.GoesSilent = true;

        await _fixture.CreateStore().PullAsync("m", null, null, default);

        Assert.Equal("bytes=100000-", _server.Requests[^1].Range);
    }

    [Fact]
    public async Task PullAsync_NoNetwork_NamesTheServerAndTheMirror()
    {
        _fixture.Handler = null;

        var error = await StoreFixture.FailsAsync(ErrorCode.Unavailable, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains("models.example cannot be reached (NameResolutionError)", error.Message, StringComparison.Ordinal);
        Assert.Contains("--mirror", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task PullAsync_ManyAtOnceFromTwoStores_DownloadsOnce()
    {
        LocalModelStore[] stores = [_fixture.CreateStore(), _fixture.CreateStore()];

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => stores[i % 2].PullAsync("m", null, null, default)));

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task PullAsync_EverySourceFails_ListsThemAll()
    {
        _server.Refuse = HttpStatusCode.NotFound;
        _fixture.AddModel("n", ("model.onnx", Content, ["https://one.example/a", "https://two.example/b", "file:missing.onnx"]));

        var error = await StoreFixture.FailsAsync(ErrorCode.NotFound, () => _fixture.CreateStore().PullAsync("n", null, null, default));

        Assert.All((string[])["https://one.example/a", "https://two.example/b", "file:missing.onnx"], source => Assert.Contains(source, error.Message, StringComparison.Ordinal));
    }
}
