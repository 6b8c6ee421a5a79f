using System.Buffers;
using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;

namespace EdgeHost.Ipc.Tests.Stress;

/// <summary>
/// Who reads a connection changes hands all the time: between callers that block, the client's own thread, and the host's crew, parked in between or not. Whatever is mixed,
/// every call ends, with its own answer or a reason that fits, and nothing is left.
/// </summary>
public class ReadingStressTests
{
    private const int Workers = 8;
    private const int CallsEach = 150;
    private static readonly TimeSpan Patience = Unexpected.Timeout * 3;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Calls_OfAllKindsWithCancellationsAndDeadlines_AllEnd(int seed, bool parks)
    {
        await using var host = await StartAsync(parks);
        await using var client = await host.ConnectAsync();

        await RunAsync(worker => new StressCaller(client, (seed * 100) + worker).RunAsync(CallsEach));

        // The connection is as good as new.
        for (var i = 0; i < 20; i++)
        {
            using var response = await Task.Run(() => client.Call("test.echo", StressCaller.Body(99, i))).Soon();
        }

        await host.NoCallsAsync();
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
        Assert.Equal(1, host.Server.ConnectionCount);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Calls_WhileConnectionsAreLost_AllEndAndTheClientComesBack(int seed, bool parks)
    {
        await using var host = await StartAsync(parks);
        await using var client = await host.ConnectAsync();
        using var done = new CancellationTokenSource();
        var losing = Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20 && !done.IsCancellationRequested; i++)
            {
                await Task.Delay(random.Next(1, 30), CancellationToken.None);
                client.LoseConnection();
            }
        });

        await RunAsync(worker => new StressCaller(client, (seed * 100) + worker) { MayBeLost = true }.RunAsync(CallsEach));
        await done.CancelAsync();
        await losing.Soon();

        using var response = await client.CallAsync("test.echo", StressCaller.Body(99, 0), new CallOptions { IdempotencyKey = "last" }).Soon();
        await host.NoCallsAsync();
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public async Task DisposeAsync_UnderCalls_AllEndAtOnceAndNothingIsLeft(int seed, bool parks)
    {
        await using var host = await StartAsync(parks);
        var random = new Random(seed);
        for (var round = 0; round < 10; round++)
        {
            var client = await host.ConnectAsync();
            var calls = RunAsync(worker => new StressCaller(client, (seed * 1000) + (round * 10) + worker) { MayBeLost = true }.RunUntilGoneAsync());
            await Task.Delay(random.Next(20));

            await client.DisposeAsync().AsTask().Soon();

            await calls;
        }

        await host.NoCallsAsync();
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.ConnectionCount > 0)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, CancellationToken.None);
        }

        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
        Assert.Equal(0, host.Server.LentReaders);
    }

    [Fact]
    public async Task Readers_ShortAndLongCallsOnManyConnections_GoBackToOneEach()
    {
        await using var host = await StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => host.ConnectAsync($"app-{i}"))).Soon();

        await RunAsync(async worker =>
        {
            var (client, random) = (clients[worker % clients.Length], new Random(worker));
            for (var i = 0; i < 60; i++)
            {
                var body = StressCaller.Body(worker, i);
                using var answer = await client.CallAsync(random.Next(4) == 0 ? "test.hold" : "test.flip", body);
                Assert.Equal(body, answer.Memory.ToArray());
            }
        });

        await host.NoCallsAsync();
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.LentReaders > 0)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, CancellationToken.None);
        }

        foreach (var client in clients)
        {
            await client.PingAsync().AsTask().Soon();
            await client.DisposeAsync();
        }
    }

    private static Task RunAsync(Func<int, Task> work)
        => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Factory.StartNew(
            () => work(worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap())).WaitAsync(Patience);

    // A connection is parked as often as can be where it parks, and never otherwise.
    private static async Task<TestHost> StartAsync(bool parks = false)
    {
        var host = await TestHost.StartAsync(options => options.ParkAfter = parks ? TimeSpan.FromMilliseconds(1) : TimeSpan.Zero);
        host.Dispatcher.On("test.later", async (call, response, token) =>
        {
            await Task.Yield();
            response.Write(call.Body.Span);
        });
        host.Dispatcher.On("test.hold", (call, response, token) =>
        {
            token.WaitHandle.WaitOne(4);
            response.Write(call.Body.Span);
            return ValueTask.CompletedTask;
        });

        // Short most of the time, and long once in a while: the crew's guess is wrong again and again.
        var calls = 0;
        host.Dispatcher.On("test.flip", (call, response, token) =>
        {
            if (Interlocked.Increment(ref calls) % 17 == 0) token.WaitHandle.WaitOne(5);
            response.Write(call.Body.Span);
            return ValueTask.CompletedTask;
        });
        host.Dispatcher.On("test.never", async (call, _, token) =>
        {
            var left = call.Deadline - TimeProvider.System.GetUtcNow();
            await Task.Delay(left is not { } time ? Timeout.InfiniteTimeSpan : time > TimeSpan.Zero ? time : TimeSpan.Zero, token);
            throw new EdgeHostException(ErrorCode.DeadlineExceeded, "Too late.");
        });
        host.Dispatcher.On("test.items", async (call, response, token) =>
        {
            for (var i = 0; i < 5; i++) await call.Items!.SendAsync(call.Body, token);
            response.Write(call.Body.Span);
        });
        return host;
    }
}
