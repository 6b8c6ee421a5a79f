using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>The timer and the background tasks of the pool, and what a lease costs.</summary>
public sealed class UpkeepTests
{
    [Fact]
    public async Task Timer_SeveralRequests_FiresAtTheEarliestAndOnce()
    {
        var time = new FakeTimeProvider();
        var start = time.GetUtcNow();
        var fired = new List<double>();
        await using var timer = new UpkeepTimer(time, () => fired.Add((time.GetUtcNow() - start).TotalSeconds));

        timer.Request(start.AddSeconds(30));
        timer.Request(start.AddSeconds(10));
        timer.Request(start.AddSeconds(20));
        for (var second = 0; second < 60; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([10.0], fired);
    }

    [Fact]
    public async Task Timer_RequestsFromManyThreads_NoneIsForgotten()
    {
        var seen = 0L;
        var asked = 0L;
        var isQuiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        UpkeepTimer? timer = null;
        await using var created = timer = new UpkeepTimer(TimeProvider.System, () =>
        {
            // As the pool does: the callback looks at everything that was asked for before it.
            Interlocked.Exchange(ref seen, Interlocked.Read(ref asked));
            if (seen == 8_000) isQuiet.TrySetResult();
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                Interlocked.Increment(ref asked);
                created.Request(TimeProvider.System.GetUtcNow().AddMilliseconds(i % 5));
            }
        })));

        await isQuiet.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Background_ManyTasksAndOneThatFails_AreWaitedForAndLogged()
    {
        using var log = new RecordingLoggerFactory();
        var background = new BackgroundWork(log);
        var ended = 0;

        Parallel.For(0, 200, i => background.Start("Work", async () =>
        {
            await Task.Yield();
            Interlocked.Increment(ref ended);
            if (i == 77) throw new InvalidOperationException("no");
        }));
        await background.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(200, ended);
        Assert.Equal((LogLevel.Error, "Work failed unexpectedly."), Assert.Single(log.Lines.Select(line => (line.Level, line.Text))));
        await background.WhenIdleAsync();
    }

    [Fact]
    public async Task Lease_ManyModelsResident_AllocatesAsMuchAsWithFew()
    {
        await using var pool = new PoolFixture(options => options.Pool.BudgetBytes = 1L << 30);
        pool.Add("m", 1 << 20);
        await pool.TouchAsync("m");
        await MeasureAsync();
        var few = await MeasureAsync();
        for (var i = 0; i < 300; i++)
        {
            pool.Add($"other{i}", 1 << 20);
            await pool.TouchAsync($"other{i}");
        }

        var many = await MeasureAsync();

        Assert.InRange(many, 0, (few * 1.1) + 16);

        async Task<double> MeasureAsync()
        {
            const int Leases = 200;
            var scope = RuntimeFixture.Scope();
            var provider = pool.Pool.ForCall(scope);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Leases; i++)
            {
                // Resident, so that it completes on this thread.
                var lease = provider.LeaseAsync("m", CancellationToken.None);
                Assert.True(lease.IsCompletedSuccessfully);
                (await lease).Dispose();
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Leases;
        }
    }
}
