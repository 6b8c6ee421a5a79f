using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelLeaseTests : IAsyncLifetime
{
    private readonly RuntimeFixture _runtime = new(configure: options =>
    {
        options.Pool.MaxValueBytes = 4096;
        options.Pool.MaxFileBytes = 4096;
    });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _runtime.DisposeAsync();
        Assert.Empty(_runtime.Engine.Faults);
    }

    [Fact]
    public async Task Dispose_Twice_CountsOnce()
    {
        _runtime.Source.Add("m");
        using var other = await _runtime.LeaseAsync("m");
        var lease = await _runtime.LeaseAsync("m");

        lease.Dispose();
        lease.Dispose();

        Assert.Equal(1, _runtime.Model("m").Leases);
    }

    [Fact]
    public async Task AnyMember_AfterDispose_Throws()
    {
        _runtime.Source.Add("m");
        var lease = await _runtime.LeaseAsync("m");
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => lease.Model);
        Assert.Throws<ObjectDisposedException>(() => lease.CreateValue(ElementType.Float32, new TensorShape(1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await lease.RunAsync(RuntimeFixture.Step(1), CancellationToken.None));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await lease.ReadFileAsync("labels", CancellationToken.None));
    }

    [Fact]
    public async Task Dispose_DuringARun_TheSessionOutlivesTheRun()
    {
        _runtime.Source.Add("m");
        using var release = new ManualResetEventSlim();
        _runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = (_, token) =>
            {
                release.Wait(token);
                return [];
            },
        });
        var lease = await _runtime.LeaseAsync("m");
        var run = lease.RunAsync(RuntimeFixture.Step(1), CancellationToken.None).AsTask();
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);

        lease.Dispose();
        await _runtime.Pool.EvictAsync("m", "test", CancellationToken.None);
        Assert.Equal(1, _runtime.Engine.SessionsAlive);
        release.Set();
        (await run).Dispose();
        await _runtime.Pool.WhenUnloadedAsync();

        Assert.Equal(0, _runtime.Engine.SessionsAlive);
        Assert.Equal(0, _runtime.Pool.Snapshot().UsedBytes);
    }

    [Fact]
    public async Task RunAsync_Steps_AreSummedInTheReport()
    {
        _runtime.Source.Add("a").Add("b");
        _runtime.Engine.Describe("b", new SimulatedModel
        {
            OnRun = (_, _) =>
            {
                _runtime.Time.Advance(TimeSpan.FromMilliseconds(7));
                return [];
            },
        });
        var scope = RuntimeFixture.Scope();
        using var a = await _runtime.LeaseAsync("a", scope);
        using var b = await _runtime.LeaseAsync("b", scope);

        (await a.RunAsync(RuntimeFixture.Step(1), CancellationToken.None)).Dispose();
        (await b.RunAsync(RuntimeFixture.Step(1), CancellationToken.None)).Dispose();
        (await b.RunAsync(RuntimeFixture.Step(1), CancellationToken.None)).Dispose();

        var report = scope.ToReport(TimeSpan.FromSeconds(1));
        Assert.Equal(("tests", "cpu", 3, 1), (report.PluginId, report.Device, report.Steps, report.Batch));
        Assert.Equal(TimeSpan.FromMilliseconds(14), report.RunTime);
        Assert.Equal(["a@1.0", "b@1.0"], report.Models);
        Assert.Contains("CPU", report.Why, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), report.TotalTime);
    }

    [Fact]
    public async Task RunAsync_CallCancelledButNoTokenPassed_StopsTheStep()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = (_, token) =>
            {
                token.WaitHandle.WaitOne();
                token.ThrowIfCancellationRequested();
                return [];
            },
        });
        using var call = new CancellationTokenSource();
        using var lease = await _runtime.LeaseAsync("m", RuntimeFixture.Scope(cancellationToken: call.Token));
        var run = lease.RunAsync(RuntimeFixture.Step(1), CancellationToken.None).AsTask();
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);

        await call.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task CreateValue_OverTheLimit_IsRefusedBeforeAnythingIsAllocated()
    {
        _runtime.Source.Add("m");
        using var lease = await _runtime.LeaseAsync("m");

        using var fits = lease.CreateValue(ElementType.Float32, new TensorShape(1024));
        var large = Assert.Throws<EdgeHostException>(() => lease.CreateValue(ElementType.Float32, new TensorShape(1025)));
        var absurd = Assert.Throws<EdgeHostException>(() => lease.CreateValue(ElementType.Float32, new TensorShape(long.MaxValue, long.MaxValue)));
        var dynamic = Assert.Throws<EdgeHostException>(() => lease.CreateValue(ElementType.Float32, new TensorShape(-1)));
        var text = Assert.Throws<EdgeHostException>(() => lease.CreateValue(ElementType.String, new TensorShape(1)));

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorCode.ResourceExhausted), (large.Code, absurd.Code));
        Assert.Equal((ErrorCode.InvalidArgument, ErrorCode.InvalidArgument), (dynamic.Code, text.Code));
    }

    [Fact]
    public async Task ReadFileAsync_Twice_ReadsOnceAndCountsTheBytesUntilUnload()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("labels.txt");
        await File.WriteAllTextAsync(path, "cat\ndog");
        _runtime.Source.Add("m", files: new Dictionary<string, string> { ["labels.txt"] = path });
        var lease = await _runtime.LeaseAsync("m");

        var first = await lease.ReadFileAsync("labels.txt", CancellationToken.None);
        File.Delete(path);
        var second = await lease.ReadFileAsync("labels.txt", CancellationToken.None);

        Assert.Equal("cat\ndog"u8.ToArray(), second.ToArray());
        Assert.True(first.Span == second.Span, "both are the same memory");
        Assert.Equal((1 << 20) + 7, _runtime.Pool.Snapshot().UsedBytes);
        lease.Dispose();
        await _runtime.Pool.EvictAsync("m", "test", CancellationToken.None);
        Assert.Equal(0, _runtime.Pool.Snapshot().UsedBytes);
    }

    [Fact]
    public async Task ReadFileAsync_UnknownMissingOrTooLarge_IsTypedAndLeavesNothingCharged()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.Combine("large"), new byte[5000]);
        _runtime.Source.Add("m", files: new Dictionary<string, string> { ["large"] = folder.Combine("large"), ["gone"] = folder.Combine("gone") });
        using var lease = await _runtime.LeaseAsync("m");

        Assert.Equal(ErrorCode.NotFound, await CodeAsync("unknown"));
        Assert.Equal(ErrorCode.DataLoss, await CodeAsync("gone"));
        Assert.Equal(ErrorCode.ResourceExhausted, await CodeAsync("large"));
        Assert.Equal(1 << 20, _runtime.Pool.Snapshot().UsedBytes);

        async Task<ErrorCode> CodeAsync(string name)
            => (await Assert.ThrowsAsync<EdgeHostException>(async () => await lease.ReadFileAsync(name, CancellationToken.None))).Code;
    }

    [Fact]
    public async Task ReclaimLeases_LeakedOnes_AreNamedAndDisposed()
    {
        _runtime.Source.Add("kept").Add("leaked");
        var scope = RuntimeFixture.Scope();
        (await _runtime.LeaseAsync("kept", scope)).Dispose();
        var leaked = await _runtime.LeaseAsync("leaked", scope);

        Assert.Equal(["leaked@1.0"], scope.ReclaimLeases());

        Assert.Throws<ObjectDisposedException>(() => leaked.Model);
        Assert.Equal(0, _runtime.Pool.Snapshot().Leases);
        Assert.Equal(ErrorCode.FailedPrecondition, (await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("kept", scope))).Code);
        Assert.Equal(0, _runtime.Pool.Snapshot().Leases);
        Assert.Empty(scope.ReclaimLeases());
    }
}
