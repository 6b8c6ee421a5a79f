using System.Net.Sockets;
using EdgeHost.Ipc.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Ipc.Tests.Parking;

/// <summary>A connection at rest has no thread, and nobody notices.</summary>
public class ParkedConnectionTests
{
    [LinuxFact]
    public async Task ThreeHundredConnections_AreParkedAndAnswerAgainAndAgain()
    {
        const int Most = 300;
        await using var host = await StartAsync(options => options.MaxConnections = Most);
        var clients = Enumerable.Range(0, Most).Select(_ => host.ConnectRaw()).ToList();
        foreach (var client in clients) client.Hello();

        for (uint round = 1; round <= 3; round++)
        {
            await ParkedAsync(host, Most);
            foreach (var client in clients) client.Send(RawClient.Request(round, "test.echo", [(byte)round]));
            foreach (var client in clients)
            {
                var answer = client.Receive()!;
                Assert.Equal((round, null, $"{round}"), (answer.Id, answer.Error, answer.Json));
            }
        }

        await ParkedAsync(host, Most);
        foreach (var client in clients) client.Dispose();
        await ConnectedAsync(host, 0);
        Assert.Equal(0, host.Server.ParkedConnections);
    }

    [LinuxFact]
    public async Task ClientGoesAway_TheConnectionEnds()
    {
        await using var host = await StartAsync();
        using var stays = host.ConnectRaw();
        using var leaves = host.ConnectRaw();
        using var hangsUp = host.ConnectRaw();
        foreach (var client in new[] { stays, leaves, hangsUp }) client.Hello();
        await ParkedAsync(host, 3);

        leaves.Dispose();
        hangsUp.Socket.Shutdown(SocketShutdown.Send);

        await ConnectedAsync(host, 1);
        Assert.Null(hangsUp.Receive());
        stays.Send(RawClient.Request(1, "host.ping"));
        Assert.Null(stays.Receive()!.Error);
    }

    [LinuxFact]
    public async Task HostClosesIt_TheClientIsToldAndTheConnectionEnds()
    {
        var time = new FakeTimeProvider();
        await using var host = await StartAsync(options => options.IdleTimeout = TimeSpan.FromMinutes(5), time);
        using var silent = host.ConnectRaw();
        using var idle = host.ConnectRaw();
        idle.Hello();
        await ParkedAsync(host, 2);

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(ErrorCode.Unauthenticated, silent.ReceiveClose().Code);
        await ConnectedAsync(host, 1);
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(ErrorCode.Unavailable, idle.ReceiveClose().Code);

        await ConnectedAsync(host, 0);
    }

    [LinuxFact]
    public async Task StopAsync_ParkedConnections_AreToldAndEnd()
    {
        await using var host = await StartAsync();
        var clients = Enumerable.Range(0, 20).Select(_ => host.ConnectRaw()).ToList();
        foreach (var client in clients) client.Hello();
        await ParkedAsync(host, clients.Count);

        await host.StopAsync().Soon();

        Assert.Equal(0, host.Server.ConnectionCount);
        foreach (var client in clients)
        {
            Assert.Equal(ErrorCode.Unavailable, client.ReceiveClose().Code);
            client.Dispose();
        }
    }

    [LinuxFact]
    public async Task Stream_ItemsGoOutWhileNothingComesIn()
    {
        await using var host = await StartAsync();
        using var next = new SemaphoreSlim(0);
        host.Dispatcher.On("test.feed", async (call, _, token) =>
        {
            for (var i = 0; i < 10; i++)
            {
                await next.WaitAsync(token);
                await call.Items!.SendAsync(new byte[] { (byte)i }, token);
            }
        });
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(1, "test.feed"));

        for (var i = 0; i < 10; i++)
        {
            await ParkedAsync(host, 1);
            next.Release();
            Assert.Equal($"[1,{i}]", client.Receive()!.Json);
        }

        Assert.Null(client.Receive()!.Error);
        Assert.Equal(1, host.Server.ParkedConnections);
    }

    [LinuxFact]
    public async Task Cancel_OfACallBehindAParkedConnection_IsHeard()
    {
        await using var host = await StartAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(1, "test.slow"));
        await slow.BeganAsync();
        await ParkedAsync(host, 1);

        client.Send(RawClient.Notification("$/cancel", 1));

        var answer = client.Receive()!;
        Assert.Equal((1u, ErrorCode.Cancelled), (answer.Id, answer.Error!.Code));
        await slow.CancelledAsync();
    }

    [LinuxFact]
    public async Task Frame_ParkedInItsMiddle_IsReadToItsEnd()
    {
        await using var host = await StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var random = new Random(1);
        uint id = 0;
        foreach (var size in new[] { 10, 3000, 20_000, 40_000, 300_000 })
        {
            var frame = RawClient.Request(++id, "test.echo", MessagePack.MessagePackSerializer.Serialize(new byte[size]));
            for (var sent = 0; sent < frame.Length;)
            {
                var piece = random.Next(1, Math.Max(2, frame.Length / 2));
                piece = Math.Min(piece, frame.Length - sent);
                client.Send(frame.AsSpan(sent, piece));
                sent += piece;
                await ParkedAsync(host, 1);
            }

            var answer = client.Receive()!;
            Assert.Equal((id, null), (answer.Id, answer.Error));
        }

        client.Send(RawClient.Request(++id, "test.echo", MessagePack.MessagePackSerializer.Serialize(new byte[300_000])).AsSpan(0, 200_000));
        await ParkedAsync(host, 1);
        client.Dispose();
        await ConnectedAsync(host, 0);
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    private static Task<TestHost> StartAsync(Action<IpcOptions>? configure = null, TimeProvider? time = null)
        => TestHost.StartAsync(
            options =>
            {
                options.ParkAfter = TimeSpan.FromMilliseconds(5);
                configure?.Invoke(options);
            },
            time);

    // What a client sent is read before the connection is parked again, but not yet when the client has sent it.
    private static Task ParkedAsync(TestHost host, int connections)
        => UntilAsync(() => host.Server.ParkedConnections == connections);

    private static Task ConnectedAsync(TestHost host, int connections)
        => UntilAsync(() => host.Server.ConnectionCount == connections);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (!condition())
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Delay(2, CancellationToken.None);
        }
    }
}
