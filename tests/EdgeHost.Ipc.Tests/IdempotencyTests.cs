using System.Buffers;
using System.Collections.Concurrent;
using EdgeHost.Client;
using EdgeHost.Ipc.Idempotency;
using EdgeHost.Ipc.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Ipc.Tests;

public class IdempotencyTests
{
    private static readonly byte[] Body = [0x81, 0xa1, (byte)'n', 7];
    private static readonly byte[] OtherBody = [0x81, 0xa1, (byte)'n', 8];

    [Fact]
    public async Task Call_SameKey_RunsOnceAndIsAnsweredTwice()
    {
        await using var host = await TestHost.StartAsync();
        await using var one = await host.ConnectAsync();
        await using var two = await host.ConnectAsync();
        var runs = Count(host);
        var options = new CallOptions { IdempotencyKey = CallOptions.NewIdempotencyKey() };

        using var first = await one.CallAsync("test.count", Body, options).Soon();
        using var again = await two.CallAsync("test.count", Body, options).Soon();
        using var other = await two.CallAsync("test.count", Body, new CallOptions { IdempotencyKey = "other" }).Soon();

        Assert.Equal((1, 1, 2), (first.Memory.Span[0], again.Memory.Span[0], other.Memory.Span[0]));
        Assert.Equal(2, runs());
    }

    [Fact]
    public async Task Call_SameKeyWhileItRuns_WaitsForTheSameOutcome()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var options = new CallOptions { IdempotencyKey = "k" };

        var calls = Enumerable.Range(0, 5).Select(_ => client.CallAsync("test.slow", Body, options).AsTask()).ToArray();
        await slow.BeganAsync();
        slow.Release();

        foreach (var call in calls) (await call.Soon()).Dispose();
        Assert.Single(host.Dispatcher.Calls);
    }

    [Fact]
    public async Task Call_SameKeyOtherBody_IsRefused()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        Count(host);
        var options = new CallOptions { IdempotencyKey = "k" };
        (await client.CallAsync("test.count", Body, options).Soon()).Dispose();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.CallAsync("test.count", OtherBody, options).AsTask().Soon());

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    [Theory]
    [InlineData(ErrorCode.NotFound, 1)]
    [InlineData(ErrorCode.InvalidArgument, 1)]
    [InlineData(ErrorCode.ResourceExhausted, 2)]
    [InlineData(ErrorCode.DeadlineExceeded, 2)]
    public async Task Call_Failed_OnlyFinalErrorsAreKept(ErrorCode code, int expected)
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var runs = 0;
        host.Dispatcher.On("test.fail", (_, _, _) =>
        {
            Interlocked.Increment(ref runs);
            throw new EdgeHostException(code, "no");
        });

        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.CallAsync("test.fail", Body, new CallOptions { IdempotencyKey = "k" }).AsTask().Soon());
            Assert.Equal(code, error.Code);
        }

        Assert.Equal(expected, runs);
    }

    [Fact]
    public async Task Call_ConnectionLost_WorkGoesOnForWhoComesBack()
    {
        await using var host = await TestHost.StartAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var options = new CallOptions { IdempotencyKey = "k" };
        var first = await host.ConnectAsync();
        var lost = first.CallAsync("test.slow", Body, options).AsTask();
        await slow.BeganAsync();
        await first.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => lost.Soon());

        await using var second = await host.ConnectAsync();
        var resumed = second.CallAsync("test.slow", Body, options).AsTask();
        slow.Release();

        using var answer = await resumed.Soon();
        Assert.Equal(Body, answer.Memory.ToArray());
        Assert.Single(host.Dispatcher.Calls);
    }

    [Fact]
    public async Task Call_CancelledByItsOnlyCaller_StopsTheWork()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var cancel = new CancellationTokenSource();
        var call = client.CallAsync("test.slow", Body, new CallOptions { IdempotencyKey = "k" }, cancel.Token).AsTask();
        await slow.BeganAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        await slow.CancelledAsync();
    }

    [Fact]
    public async Task Call_RepetitionOutOfTime_EndsItsOwnWaitOnly()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var first = client.CallAsync("test.slow", Body, new CallOptions { IdempotencyKey = "k" }).AsTask();
        await slow.BeganAsync();

        var hasty = new CallOptions { IdempotencyKey = "k", Deadline = TimeSpan.FromMilliseconds(20) };
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.CallAsync("test.slow", Body, hasty).AsTask().Soon());
        slow.Release();

        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
        (await first.Soon()).Dispose();
        Assert.Single(host.Dispatcher.Calls);
    }

    [Fact]
    public async Task Call_FailsAfterItsConnectionWasLost_TellsTheOneThatComesBackWhy()
    {
        await using var host = await TestHost.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.On("test.breaks", async (_, _, _) =>
        {
            began.TrySetResult();
            await release.Task;
            throw new InvalidOperationException("a fault");
        });
        var options = new CallOptions { IdempotencyKey = "k" };
        var first = await host.ConnectAsync();
        var lost = first.CallAsync("test.breaks", Body, options).AsTask();
        await began.Task.Soon();
        await first.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => lost.Soon());

        await using var second = await host.ConnectAsync();
        var resumed = second.CallAsync("test.breaks", Body, options).AsTask();
        release.SetResult();

        Assert.Equal(ErrorCode.Internal, (await Assert.ThrowsAsync<EdgeHostException>(() => resumed.Soon())).Code);
        Assert.Single(host.Dispatcher.Calls);
    }

    [Fact]
    public async Task Store_OneAppFillsIt_TheOtherKeepsItsOutcomes()
    {
        var options = new IpcOptions { IdempotencyBytes = 64 * 1024 };
        using var store = new IdempotencyStore(options, new FakeTimeProvider());
        Assert.True(await RunsAsync(store, "small", "precious", bytes: 100));

        for (var i = 0; i < 200; i++) Assert.True(await RunsAsync(store, "large", $"k{i}", bytes: 8000));

        Assert.False(await RunsAsync(store, "small", "precious", bytes: 100));
    }

    /// <summary>Seeded interleavings: callers come, leave, lose their connections and come back in random order while calls run; no key runs beside itself.</summary>
    [Fact]
    public async Task Store_CallersComeAndGo_NeverRunAKeyTwiceAtOnce()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            using var store = new IdempotencyStore(new IpcOptions(), new FakeTimeProvider());
            var running = new ConcurrentDictionary<string, byte>();
            var completed = new ConcurrentDictionary<string, byte>();
            var problems = new ConcurrentQueue<string>();
            var finish = new ConcurrentDictionary<string, TaskCompletionSource>();
            var waits = new List<(string Key, Task<KeyedOutcome> Task, CancellationTokenSource Stop)>();
            for (var i = 0; i < 200; i++)
            {
                var key = $"k{random.Next(6)}";
                switch (random.Next(3))
                {
                    case 0:
                        var stop = new CancellationTokenSource();
                        var mayComeBack = random.Next(2) == 0;
                        var call = store.Enter(new CallKey("app", 1, "m", key), Body, async keyed =>
                        {
                            if (completed.ContainsKey(key)) problems.Enqueue($"seed {seed}: {key} ran to its end before");
                            if (!running.TryAdd(key, 0)) problems.Enqueue($"seed {seed}: {key} runs twice at once");
                            var done = finish[key] = new TaskCompletionSource();
                            using var aborted = keyed.Stop.Register(() => done.TrySetCanceled());
                            try
                            {
                                await done.Task;
                                completed.TryAdd(key, 0);
                                return new KeyedOutcome(new byte[1], null, null);
                            }
                            catch (OperationCanceledException)
                            {
                                return new KeyedOutcome(null, new EdgeHostException(ErrorCode.Cancelled, "stopped"), null);
                            }
                            finally
                            {
                                running.TryRemove(key, out _);
                            }
                        });
                        waits.Add((key, call.WaitAsync(() => mayComeBack, stop.Token), stop));
                        break;
                    case 1 when waits.Count > 0:
                        var leaving = waits[random.Next(waits.Count)];
                        await leaving.Stop.CancelAsync();
                        await leaving.Task.ContinueWith(static _ => { }, TaskScheduler.Default).Soon();
                        break;
                    case 2 when running.ContainsKey(key):
                        finish[key].TrySetResult();
                        break;
                }

                await SettledAsync(() => finish.All(entry => !entry.Value.Task.IsCompleted || !running.ContainsKey(entry.Key)));
            }

            foreach (var done in finish.Values) done.TrySetResult();
            foreach (var wait in waits)
            {
                await wait.Task.ContinueWith(static _ => { }, TaskScheduler.Default).Soon();
                wait.Stop.Dispose();
            }

            Assert.Empty(problems);
        }
    }

    /// <summary>Random calls against a dictionary of what was run: no key runs twice while it is remembered.</summary>
    [Fact]
    public async Task Store_RandomCalls_RunOnceWhileRemembered()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var time = new FakeTimeProvider();
            var options = new IpcOptions { MaxIdempotencyKeys = 8, IdempotencyBytes = 64 * 1024, IdempotencyTime = TimeSpan.FromMinutes(1) };
            using var store = new IdempotencyStore(options, time);
            var remembered = new List<(string Key, DateTimeOffset At)>();
            for (var i = 0; i < 300; i++)
            {
                var key = $"k{random.Next(12)}";
                remembered.RemoveAll(entry => time.GetUtcNow() - entry.At > options.IdempotencyTime);
                var isKnown = remembered.Exists(entry => entry.Key == key);
                var hasRun = false;
                var call = store.Enter(new CallKey("app", 1, "m", key), Body, _ =>
                {
                    hasRun = true;
                    return Task.FromResult(new KeyedOutcome(new byte[random.Next(2000)], null, null));
                });
                await call.WaitAsync(() => false, CancellationToken.None);

                Assert.Equal(!isKnown, hasRun);
                if (hasRun)
                {
                    if (remembered.Count == options.MaxIdempotencyKeys) remembered.RemoveAt(0);
                    remembered.Add((key, time.GetUtcNow()));
                }

                Assert.Equal(remembered.Count, store.Count);
                if (random.Next(10) == 0) time.Advance(TimeSpan.FromSeconds(random.Next(40)));
            }
        }
    }

    private static async Task<bool> RunsAsync(IdempotencyStore store, string app, string key, int bytes)
    {
        var hasRun = false;
        var call = store.Enter(new CallKey(app, 1, "m", key), Body, _ =>
        {
            hasRun = true;
            return Task.FromResult(new KeyedOutcome(new byte[bytes], null, null));
        });
        await call.WaitAsync(() => false, CancellationToken.None);
        return hasRun;
    }

    // Aborting is told elsewhere; the next move waits for it, so that a seed always plays the same.
    private static async Task SettledAsync(Func<bool> holds)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (!holds())
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static Func<int> Count(TestHost host)
    {
        var runs = 0;
        host.Dispatcher.On("test.count", (_, response, _) =>
        {
            response.Write([(byte)Interlocked.Increment(ref runs)]);
            return ValueTask.CompletedTask;
        });
        return () => Volatile.Read(ref runs);
    }
}
