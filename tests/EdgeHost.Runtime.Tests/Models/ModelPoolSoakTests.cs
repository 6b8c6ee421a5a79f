using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolSoakTests
{
    [Fact]
    public async Task LeaseRunEvictCancel_ManyThreads_AccountingReturnsToZero()
    {
        const int Models = 10;
        await using var runtime = new RuntimeFixture(
            configure: options =>
            {
                options.Pool.BudgetBytes = 30 << 20;
                options.Scheduling.Concurrency["cpu"] = 2;
            },
            time: TimeProvider.System);
        for (var i = 0; i < Models; i++)
        {
            runtime.Source.Add($"m{i}", (6 + i) << 20, estimatedMemoryBytes: 8 << 20);
            runtime.Engine.Describe($"m{i}", new SimulatedModel { OnLoad = async token => await Task.Delay(1, token), OnRun = static (_, _) => [] });
        }

        var overBudget = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 300; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var scope = RuntimeFixture.Scope(cancellationToken: cancellation.Token);
                if (random.Next(5) == 0) cancellation.CancelAfter(random.Next(3));
                try
                {
                    var lease = await runtime.LeaseAsync($"m{random.Next(Models)}", scope);
                    if (random.Next(2) == 0) (await lease.RunAsync(RuntimeFixture.Step(), cancellation.Token)).Dispose();
                    if (random.Next(3) > 0) Parallel.Invoke(lease.Dispose, lease.Dispose);
                    if (random.Next(10) == 0) await runtime.Pool.EvictAsync($"m{random.Next(Models)}", "soak", CancellationToken.None);
                }
                catch (OperationCanceledException)
                {
                }
                catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
                {
                    Interlocked.Increment(ref overBudget);
                }

                scope.ReclaimLeases();
                Assert.InRange(runtime.Pool.Snapshot().UsedBytes, 0, 30 << 20);
            }
        })));

        for (var i = 0; i < Models; i++)
        {
            await runtime.Pool.EvictAsync($"m{i}", "the end", CancellationToken.None);
        }

        await runtime.Pool.WhenUnloadedAsync();
        var pool = runtime.Pool.Snapshot();
        Assert.Equal((0L, 0L, 0), (pool.UsedBytes, pool.LeavingBytes, pool.Leases));
        Assert.Equal(0, runtime.Engine.SessionsAlive);
        Assert.Empty(runtime.Engine.Faults);
        Assert.True(pool.Loads > 10, $"{pool.Loads} loads, {overBudget} refused");
    }

    [Fact]
    public async Task LoadAndUnload_ThousandCycles_LeaveNothingBehind()
    {
        await using var runtime = new RuntimeFixture(configure: options => options.Pool.BudgetBytes = 30 << 20);
        for (var i = 0; i < 10; i++)
        {
            runtime.Source.Add($"m{i}", 9 << 20, estimatedMemoryBytes: 9 << 20);
        }

        for (var i = 0; i < 1_000; i++)
        {
            (await runtime.LeaseAsync($"m{i % 10}")).Dispose();
            Assert.InRange(runtime.Engine.SessionsAlive, 1, 3);
        }

        await runtime.Pool.WhenUnloadedAsync();
        Assert.Equal(27 << 20, runtime.Pool.Snapshot().UsedBytes);
        Assert.Equal(997, runtime.Engine.SessionsDisposed);
        Assert.Empty(runtime.Engine.Faults);
    }
}
