using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>Everything at once on many threads: what a call may see is a result or a typed refusal, and nothing stays behind.</summary>
public sealed class ModelPoolChaosTests
{
    private const long Mebibyte = PoolFixture.Mebibyte;
    private const int Models = 8;
    private const int EnoughRuns = 100;

    [Fact]
    public async Task EverythingAtOnce_NoCallFailsForAFaultAndAccountingReturnsToZero()
    {
        await using var pool = new PoolFixture(
            options =>
            {
                options.Pool.WorkingMemoryIdleTime = TimeSpan.FromMilliseconds(100);
                options.Pool.FailedLoadPause = TimeSpan.FromMilliseconds(10);
                options.Pool.GrowBackInterval = TimeSpan.FromSeconds(1);
                options.Scheduling.Concurrency["cpu"] = 2;
                options.Scheduling.QueueLimit = 1000;
            },
            hasNpu: true,
            TimeProvider.System);
        var versions = new int[Models];
        for (var i = 0; i < Models; i++)
        {
            AddVersion(i);
        }

        var refused = 0;
        var ran = 0;
        var unexpected = new List<string>();
        using var stop = new CancellationTokenSource();
        var disturber = Task.Run(async () =>
        {
            var random = new Random(4711);
            while (!stop.IsCancellationRequested)
            {
                await DisturbAsync(random);
                await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => CallAsync(new Random(seed), 250))));
        await stop.CancelAsync();
        await disturber;
        for (var i = 0; i < Models; i++)
        {
            pool.Pool.Unpin($"m{i}", "chaos");
        }

        await pool.AssertNothingStaysAsync();
        Assert.Empty(unexpected);
        Assert.True(ran > EnoughRuns, $"{ran} runs, {refused} refused");

        async Task CallAsync(Random random, int calls)
        {
            // Where the disturber gets no turn while everything is pinned, callers can be refused until it does.
            for (var i = 0; i < calls || (Volatile.Read(ref ran) <= EnoughRuns && i < 1000 * calls); i++)
            {
                using var cancellation = new CancellationTokenSource();
                if (random.Next(6) == 0) cancellation.CancelAfter(random.Next(3));
                var scope = RuntimeFixture.Scope(cancellationToken: cancellation.Token);
                try
                {
                    var lease = await pool.LeaseAsync($"m{random.Next(Models)}", scope);
                    for (var step = random.Next(3); step >= 0; step--)
                    {
                        await PoolFixture.RunAsync(lease);
                        Interlocked.Increment(ref ran);
                    }

                    if (random.Next(3) == 0) using (lease.CreateValue(ElementType.UInt8, new TensorShape(2 * Mebibyte))) await PoolFixture.RunAsync(lease);
                    if (random.Next(4) > 0) lease.Dispose();
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                }
                catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
                {
                    Interlocked.Increment(ref refused);
                }
#pragma warning disable CA1031 // What else comes is collected and fails the test.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    lock (unexpected) unexpected.Add(e.ToString());
                }

                scope.ReclaimLeases();
            }
        }

        async Task DisturbAsync(Random random)
        {
            var model = random.Next(Models);
            switch (random.Next(8))
            {
                case 0:
                    await pool.Pool.EvictAsync($"m{model}", "chaos", CancellationToken.None);
                    break;
                case 1:
                    pool.Conditions.Memory((MemoryPressureLevel)random.Next(2));
                    break;
                case 2:
                    pool.Conditions.Memory(MemoryPressureLevel.None);
                    break;
                case 3:
                    pool.Health.Fail("npu0");
                    break;
                case 4:
                    pool.Health.Heal("npu0");
                    break;
                case 5 when versions[model] < 20:
                    AddVersion(model);
                    break;
                case 6:
                    try
                    {
                        await pool.Pool.PinAsync($"m{model}", "chaos", CancellationToken.None);
                    }
                    catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
                    {
                    }

                    break;
                case 7:
                    pool.Pool.Unpin($"m{model}", "chaos");
                    _ = pool.Pool.Snapshot();
                    break;
            }

            Assert.True(pool.Used >= 0);
        }

        void AddVersion(int index)
        {
            var bytes = (6 + index) * Mebibyte;
            var model = pool.Add($"m{index}", bytes, $"{++versions[index]}");
            var runs = 0;
            model.Memory = () => new SessionMemory(bytes, 0, (runs & 7) * 100_000);
            model.OnRunOn = (device, _, _) =>
            {
                var run = Interlocked.Increment(ref runs);
                return device.Id == "npu0" && run % 5 == 0 ? throw new DeviceFaultException("npu0", "driver reset") { HasStarted = true } : null;
            };
            model.OnLoadOn = async (device, token) =>
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                if (device.Id == "npu0" && index == 3) throw new DeviceFaultException("npu0", "out of its memory");
            };
        }
    }
}
