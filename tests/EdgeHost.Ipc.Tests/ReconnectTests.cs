using EdgeHost.Client;
using EdgeHost.Client.Sessions;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Ipc.Tests;

public class ReconnectTests
{
    private static readonly byte[] Body = [0x81, 0xa1, (byte)'n', 7];

    [Fact]
    public async Task Call_AfterTheConnectionWasLost_ConnectsAgain()
    {
        await using var host = await TestHost.StartAsync(options => options.IdleTimeout = TimeSpan.Zero);
        await using var client = await host.ConnectAsync();
        var before = client.Host.Session;

        await LoseAsync(client);
        using var answer = await client.CallAsync("test.echo", Body).Soon();

        Assert.Equal(ClientState.Connected, client.State);
        Assert.NotEqual(before, client.Host.Session);
    }

    [Fact]
    public async Task Create_FirstCall_Connects()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = EdgeHostClient.Create(new EdgeHostClientOptions { Endpoint = host.Endpoint, AppName = "later" });
        Assert.Equal(ClientState.Disconnected, client.State);
        Assert.Throws<EdgeHostException>(() => client.Host);

        using var answer = await Task.Run(() => client.Call("test.echo", Body)).Soon();

        Assert.Equal(Body, answer.Memory.ToArray());
    }

    [Fact]
    public async Task Call_NoHost_FailsAfterTheTimeoutAndSaysHowToStartOne()
    {
        await using var client = EdgeHostClient.Create(new EdgeHostClientOptions
        {
            Endpoint = Path.Combine(Path.GetTempPath(), $"none-{Guid.NewGuid():N}.sock"),
            ReconnectTimeout = TimeSpan.FromMilliseconds(200),
        });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.CallAsync("test.echo", Body).AsTask().Soon());

        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Contains("edgehost serve", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithAKey_IsSentAgainAndRunsOnce()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var call = client.CallAsync("test.slow", Body, new CallOptions { IdempotencyKey = CallOptions.NewIdempotencyKey() }).AsTask();
        var plain = client.CallAsync("test.slow", Body).AsTask();
        await slow.BeganAsync(2);

        await LoseAsync(client);
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => plain.Soon())).Code);
        slow.Release();

        using var answer = await call.Soon();
        Assert.Equal(Body, answer.Memory.ToArray());
        Assert.Equal(2, host.Dispatcher.Calls.Count);
    }

    [Fact]
    public async Task AddEdgeHostClient_Container_MakesOneClient()
    {
        await using var host = await TestHost.StartAsync();
        await using var services = new ServiceCollection().AddEdgeHostClient(options => options.Endpoint = host.Endpoint).BuildServiceProvider();

        var client = services.GetRequiredService<EdgeHostClient>();
        Assert.Same(client, services.GetRequiredService<EdgeHostClient>());
        using var answer = await client.CallAsync("test.echo", Body).Soon();
    }

    [Fact]
    public void Backoff_Pauses_AreRandomBelowABoundThatDoubles()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300), () => 0.5);

        Assert.Equal([25, 50, 100, 150, 150], Enumerable.Range(0, 5).Select(_ => backoff.Next().TotalMilliseconds));
    }

    [Fact]
    public async Task KeepAlive_HostGivesNoSign_TheConnectionIsGivenUp()
    {
        await using var silent = await SilentHost.StartAsync();
        var time = new FakeTimeProvider();
        await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions
        {
            Endpoint = silent.Endpoint, TimeProvider = time, KeepAliveInterval = TimeSpan.FromSeconds(1), Reconnect = false,
        }).AsTask().Soon();
        var call = client.CallAsync("test.echo", Body).AsTask();

        for (var i = 0; i < 5; i++) time.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => call.Soon());
        Assert.Contains("no sign of life", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeepAlive_EverySlotTaken_AsksAllTheSame()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = 2);
        var time = new FakeTimeProvider();
        await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions
        {
            Endpoint = host.Endpoint, TimeProvider = time, KeepAliveInterval = TimeSpan.FromSeconds(1),
        }).AsTask().Soon();
        var slow = host.Dispatcher.Block("test.slow");
        var calls = Enumerable.Range(0, 4).Select(_ => client.CallAsync("test.slow", Body).AsTask()).ToArray();
        await slow.BeganAsync(2);
        var before = client.Host.Session;

        for (var i = 0; i < 6; i++)
        {
            var received = client.BytesReceived;
            time.Advance(TimeSpan.FromSeconds(1));
            if (i % 2 == 1) await UntilAsync(() => client.BytesReceived > received);
        }

        slow.Release();
        foreach (var call in calls) (await call.Soon()).Dispose();
        Assert.Equal(before, client.Host.Session);
    }

    [Fact]
    public async Task KeepAlive_HostThatDrains_IsAskedAndKeptUntilItHasAnswered()
    {
        await using var host = await TestHost.StartAsync();
        var time = new FakeTimeProvider();
        await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions
        {
            Endpoint = host.Endpoint, TimeProvider = time, KeepAliveInterval = TimeSpan.FromSeconds(1), Reconnect = false,
        }).AsTask().Soon();
        var slow = host.Dispatcher.Block("test.slow");
        var call = client.CallAsync("test.slow", Body).AsTask();
        await slow.BeganAsync();
        var stopping = host.StopAsync();
        await UntilAsync(() => client.State == ClientState.Draining);

        for (var i = 0; i < 6; i++)
        {
            var received = client.BytesReceived;
            time.Advance(TimeSpan.FromSeconds(1));
            if (i % 2 == 1) await UntilAsync(() => client.BytesReceived > received);
        }

        slow.Release();
        (await call.Soon()).Dispose();
        await stopping.Soon();
    }

    [Fact]
    public async Task Call_WhileTheHostDrains_GoesToTheNextHostAndTheOldCallIsAnswered()
    {
        using var folder = new TempFolder();
        await using var old = await TestHost.StartAsync(folder: folder);
        await using var client = await old.ConnectAsync();
        var slow = old.Dispatcher.Block("test.slow");
        var underWay = client.CallAsync("test.slow", Body).AsTask();
        await slow.BeganAsync();

        var stopping = old.StopAsync();
        await UntilAsync(() => client.State != ClientState.Connected);
        slow.Release();
        using var answer = await underWay.Soon();
        await stopping.Soon();
        await using var next = await TestHost.StartAsync(folder: folder);
        using var other = await client.CallAsync("test.echo", Body).Soon();

        Assert.Empty(old.Dispatcher.Calls.Where(call => call.Method == "test.echo"));
        Assert.Single(next.Dispatcher.Calls);
    }

    [Fact]
    public async Task Calls_ThatWaitForASlotWhenTheConnectionGoes_RunOnTheNextOne()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = 1);
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var underWay = client.CallAsync("test.slow", Body).AsTask();
        await slow.BeganAsync();
        var waiting = Enumerable.Range(0, 3).Select(_ => client.CallAsync("test.echo", Body).AsTask()).ToArray();

        client.LoseConnection();

        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => underWay.Soon())).Code);
        foreach (var call in waiting) (await call.Soon()).Dispose();
        Assert.Equal(3, host.Dispatcher.Calls.Count(call => call.Method == "test.echo"));
    }

    [Fact]
    public async Task Call_WithADeadline_WaitsNoLongerForAConnection()
    {
        var time = new FakeTimeProvider();
        await using var client = EdgeHostClient.Create(new EdgeHostClientOptions
        {
            Endpoint = Path.Combine(Path.GetTempPath(), $"none-{Guid.NewGuid():N}.sock"), TimeProvider = time, ReconnectTimeout = TimeSpan.FromHours(1),
        });
        var call = client.CallAsync("test.echo", Body, new CallOptions { Deadline = TimeSpan.FromSeconds(1) }).AsTask();

        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return call.IsCompleted;
        });

        Assert.Equal(ErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<EdgeHostException>(() => call)).Code);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (!holds())
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // The connection goes, as when the host's side of it dies, and the client is not told why.
    private static async Task LoseAsync(EdgeHostClient client)
    {
        client.LoseConnection();
        await client.Closed.Soon();
    }
}
