using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol;

namespace EdgeHost.Ipc.Tests.Stress;

/// <summary>As many connections and calls as the limits allow, and one more.</summary>
public class CrowdTests
{
    private const int Connections = 4;
    private const int CallsEach = 2500;
    private static readonly TimeSpan Patience = Unexpected.Timeout * 3;

    [Fact]
    public async Task TenThousandCallsInFlight_AreAllAnsweredOnceAndTheirMemoryComesBack()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = CallsEach);
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => host.ConnectAsync($"app-{i}"))).Soon();
        foreach (var client in clients) Assert.Equal(CallsEach, client.Host.Limits.MaxCallsPerConnection);
        var before = Settled(host);
        for (var round = 0; round < 2; round++) await FillAsync(host, clients, $"test.wait{round}");

        // What is left is what the client keeps to use again for 256 calls of each connection, and the host's tables.
        var after = Settled(host);
        Assert.True(after - before < 16 << 20, $"{after - before} bytes are left of {2 * Connections * CallsEach} calls");
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task CallsBeyondTheLimit_AreRefusedOneByOneAndTheOthersEnd()
    {
        const int Most = 1000, Excess = 500;
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = Most);
        var slow = host.Dispatcher.Block("test.wait");
        using var client = host.ConnectRaw();
        client.Hello();
        var requests = new MemoryStream();
        for (uint id = 1; id <= Most + Excess; id++) requests.Write(RawClient.Request(id, "test.wait"));
        client.Send(requests.ToArray());

        for (uint id = Most + 1; id <= Most + Excess; id++)
        {
            var refused = client.Receive()!;
            Assert.Equal((id, ErrorCode.ResourceExhausted), (refused.Id, refused.Error!.Code));
            Assert.True(refused.Error.RetryAfter > TimeSpan.Zero);
        }

        slow.Release();
        var answered = new HashSet<uint>();
        for (var i = 0; i < Most; i++)
        {
            var answer = client.Receive()!;
            Assert.Null(answer.Error);
            Assert.True(answered.Add(answer.Id));
        }

        await host.NoCallsAsync();
        client.Send(RawClient.Request(1, "test.echo"));
        Assert.Null(client.Receive()!.Error);
    }

    [Fact]
    public async Task ThreeHundredConnections_AreServedAndOneMoreIsRefused()
    {
        const int Most = 300;
        await using var host = await TestHost.StartAsync(options => options.MaxConnections = Most);
        var clients = await Task.WhenAll(Enumerable.Range(0, Most).Select(i => host.ConnectAsync($"app-{i}"))).WaitAsync(Patience);

        using (var extra = host.ConnectRaw()) Assert.Equal(ErrorCode.ResourceExhausted, extra.ReceiveClose().Code);
        await Task.WhenAll(clients.Select(async (client, i) =>
        {
            for (var call = 0; call < 3; call++)
            {
                var body = StressCaller.Body(i, call);
                using var answer = await client.CallAsync("test.echo", body);
                Assert.Equal(body, answer.Memory.ToArray());
            }
        })).WaitAsync(Patience);

        Assert.Equal(Most, host.Dispatcher.Calls.Select(call => call.App.Name).Distinct().Count());
        Assert.Equal(Most, host.Server.ConnectionCount);
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask())).WaitAsync(Patience);
        await GoneAsync(host);
    }

    /// <summary>Connections that stop in the middle of hello, of a frame, or before a byte, in any number, hold nothing but their place, and lose that in time.</summary>
    [Fact]
    public async Task HalfOpenConnections_LoseTheirPlaceAndOthersGoOn()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var host = await TestHost.StartAsync(options => options.MaxConnections = 40, time);
        var hello = RawClient.Request(0, HostMethods.Hello, RawClient.Json("""{"protocol":1,"app":"half"}"""));
        var random = new Random(3);
        var halves = Enumerable.Range(0, 30).Select(_ => host.ConnectRaw()).ToList();
        foreach (var half in halves) half.Send(hello.AsSpan(0, random.Next(hello.Length)));
        using var other = host.ConnectRaw();
        other.Hello();
        await CountAsync(host, 31);

        time.Advance(TimeSpan.FromSeconds(6));

        foreach (var half in halves)
        {
            Assert.Equal(ErrorCode.Unauthenticated, half.ReceiveClose().Code);
            half.Dispose();
        }

        await CountAsync(host, 1);
        other.Send(RawClient.Request(1, "test.echo"));
        Assert.Null(other.Receive()!.Error);
    }

    [Fact]
    public async Task Connections_CutInTheMiddleOfAFrame_LeaveNothing()
    {
        await using var host = await TestHost.StartAsync();
        var frame = RawClient.Request(7, "test.echo", MessagePack.MessagePackSerializer.Serialize(new byte[200_000]));
        var random = new Random(4);
        for (var round = 0; round < 60; round++)
        {
            using var client = host.ConnectRaw();
            client.Hello();
            client.Send(frame.AsSpan(0, random.Next(1, frame.Length)));
            if (random.Next(2) == 0) client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }

        await GoneAsync(host);
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
        Assert.Empty(host.Dispatcher.Calls);
    }

    /// <summary>A large request that comes a few bytes at a time holds up nobody else, on whatever connection.</summary>
    [Fact]
    public async Task SlowWriters_HoldUpNobody()
    {
        await using var host = await TestHost.StartAsync();
        await using var other = await host.ConnectAsync();
        var body = MessagePack.MessagePackSerializer.Serialize(new byte[20_000]);
        var frame = RawClient.Request(7, "test.echo", body);
        var writers = Enumerable.Range(0, 10).Select(_ => host.ConnectRaw()).ToList();
        foreach (var writer in writers) writer.Hello();

        for (var sent = 0; sent < frame.Length; sent += 997)
        {
            foreach (var writer in writers) writer.Send(frame.AsSpan(sent, Math.Min(997, frame.Length - sent)));
            using var response = await other.CallAsync("test.echo", new byte[] { 0x80 }).Soon();
        }

        foreach (var writer in writers)
        {
            var answer = writer.Receive()!;
            Assert.Equal((7u, null), (answer.Id, answer.Error));
            writer.Dispose();
        }
    }

    private static async Task FillAsync(TestHost host, EdgeHostClient[] clients, string method)
    {
        var slow = host.Dispatcher.Block(method);
        var calls = clients.SelectMany((client, i) => Enumerable.Range(0, CallsEach).Select(async call =>
        {
            var body = StressCaller.Body(i, call);
            using var answer = await client.CallAsync(method, body);
            Assert.Equal(body, answer.Memory.ToArray());
        })).ToArray();
        await slow.BeganAsync(Connections * CallsEach);
        Assert.Equal(Connections * CallsEach, host.Server.CallCount);

        // The next one waits in the client until there is room.
        using var next = new CancellationTokenSource();
        var waiting = clients[0].CallAsync("test.echo", new byte[] { 0x80 }, cancellationToken: next.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        slow.Release();

        await Task.WhenAll(calls).WaitAsync(Patience);
        (await waiting.Soon()).Dispose();
        await host.NoCallsAsync();
    }

    private static long Settled(TestHost host)
    {
        host.Dispatcher.ForgetCalls();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static Task GoneAsync(TestHost host) => CountAsync(host, 0);

    private static async Task CountAsync(TestHost host, int connections)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.ConnectionCount != connections)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
