using EdgeHost.Learning.Examples;
using static EdgeHost.Learning.Tests.LearningBench;

namespace EdgeHost.Learning.Tests;

/// <summary>Full disks, broken databases, many at once.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly LearningBench _bench = new(static options => options.QueueLimit = 8);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Disk_AlmostFull_RefusesAndKeepsWhatIsThere()
    {
        await _bench.ConsentAsync();
        await RecordAsync("before");
        _bench.FreeBytes = _bench.Options.Value.FreeSpaceReserveBytes;

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync("during"));
        _bench.FreeBytes = null;
        await RecordAsync("after");

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await _bench.Examples.UsageAsync(App)).Examples);
    }

    [Fact]
    public async Task Database_FullInTheMiddleOfARecording_KeepsNothingOfIt()
    {
        await _bench.ConsentAsync();
        await RecordAsync("before");
        await _bench.Database.WriteAsync(static connection => connection.Execute("PRAGMA max_page_count = 40"), default);

        var many = Enumerable.Range(0, 200).Select(static i => Text($"{i} {new string('x', 2000)}")).ToList();
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Examples.RecordAsync(App, Texts(), many));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Equal((1, 6), await _bench.Examples.UsageAsync(App));
        await RecordAsync("after");
        Assert.Equal(2, (await _bench.Examples.UsageAsync(App)).Examples);
    }

    [Fact]
    public async Task Database_Damaged_SaysWhatToDo()
    {
        await _bench.ConsentAsync();
        await RecordAsync("before");
        _bench.Database.Dispose();
        await File.WriteAllBytesAsync(_bench.Database.FilePath, [.. Enumerable.Range(0, 20_000).Select(static i => (byte)(i * 7))]);
        foreach (var log in new[] { "-wal", "-shm" }) File.Delete(_bench.Database.FilePath + log);
        _bench.Reopen();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync("after"));

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_OfANewerHost_IsLeftAlone()
    {
        await _bench.ConsentAsync();
        await _bench.Database.WriteAsync(static connection => connection.Execute("PRAGMA user_version = 99"), default);
        _bench.Reopen();

        Assert.Equal(ErrorCode.FailedPrecondition, (await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync("x"))).Code);
    }

    [Fact]
    public async Task Folder_ThatCannotBeMade_IsUnavailable()
    {
        using var bench = new LearningBench(static options => options.Folder = Path.Combine("/dev/null", "learning"));

        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => bench.ConsentAsync())).Code);
    }

    [Fact]
    public async Task TooManyAtOnce_AreRefused_AndTheOthersKept()
    {
        await _bench.ConsentAsync();
        using var held = new ManualResetEventSlim();
        var holder = _bench.Database.WriteAsync(
            _ =>
            {
                held.Wait();
                return 0;
            },
            default);
        var recordings = Enumerable.Range(0, 20).Select(i => RecordAsync($"mail {i}")).ToList();
        held.Set();
        await holder;

        var refused = 0;
        foreach (var recording in recordings)
        {
            try
            {
                await recording;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
            {
                Assert.NotNull(e.RetryAfter);
                refused++;
            }
        }

        Assert.Equal(13, refused);
        Assert.Equal(7, (await _bench.Examples.UsageAsync(App)).Examples);
    }

    [Fact]
    public async Task TwoProcesses_OnOneFile_SeeEachOther()
    {
        await _bench.ConsentAsync();
        using var other = new LearningBench(options => options.Folder = _bench.Options.Value.Folder);
        await RecordAsync("one");
        await other.Consents.SetAsync(App, Purpose, isGranted: false);

        Assert.Equal(ErrorCode.PermissionDenied, (await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync("two"))).Code);
        Assert.Equal(1, (await other.Examples.DeleteAsync(App, purpose: Purpose)).Examples);
        Assert.Empty(await _bench.Examples.ListAsync(App));
    }

    [Fact]
    public async Task Recording_CancelledBeforeItsCommit_LeavesAFileThatUpkeepRemoves()
    {
        await _bench.ConsentAsync();
        await _bench.Upkeep.RunOnceAsync(default);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Database.WriteAsync(
            connection =>
            {
                var result = _bench.Examples.Record(connection, App, Texts() with { Kind = ExampleKind.Image }, [Bytes(1, 10_000)], stop.Token);
                stop.Cancel();
                return result;
            },
            stop.Token));
        Assert.Single(_bench.BlobFiles);

        await _bench.Upkeep.RunOnceAsync(default);

        Assert.Empty(_bench.BlobFiles);
        Assert.Empty(await _bench.Examples.ListAsync(App));
    }

    private Task<RecordResult> RecordAsync(string text) => _bench.Examples.RecordAsync(App, Texts(), [Text(text)]);
}
