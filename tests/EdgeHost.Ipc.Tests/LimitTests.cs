using System.Buffers;
using EdgeHost.Ipc.Tests.Support;
using MessagePack;

namespace EdgeHost.Ipc.Tests;

public class LimitTests
{
    [Fact]
    public async Task Calls_MoreThanAllowedInFlight_AreRefusedWithADelay()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxCallsPerConnection = 3);
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        for (uint id = 1; id <= 4; id++)
        {
            client.Send(RawClient.Request(id, "test.slow"));
        }

        var answer = client.Receive()!;

        Assert.Equal(4u, answer.Id);
        Assert.Equal(ErrorCode.ResourceExhausted, answer.Error!.Code);
        Assert.True(answer.Error.RetryAfter > TimeSpan.Zero);
        slow.Release();
        Assert.Equal([1u, 2u, 3u], new[] { client.Receive()!.Id, client.Receive()!.Id, client.Receive()!.Id }.Order());
    }

    [Fact]
    public async Task Call_WithAnIdInFlight_IsRefusedAndTheFirstGoesOn()
    {
        await using var host = await TestHost.StartAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(9, "test.slow", RawClient.Json("""{"first":true}""")));
        await slow.BeganAsync();

        client.Send(RawClient.Request(9, "test.echo"));

        Assert.Equal(ErrorCode.InvalidArgument, client.Receive()!.Error!.Code);
        slow.Release();
        Assert.Equal("""{"first":true}""", client.Receive()!.Json);
        client.Send(RawClient.Request(9, "test.echo"));
        Assert.Null(client.Receive()!.Error);
    }

    [Fact]
    public async Task Connections_MoreThanAllowed_AreToldSoAndClosed()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxConnections = 2);
        await using var first = await host.ConnectAsync();
        await using var second = await host.ConnectAsync();

        using var third = host.ConnectRaw();
        var reason = third.ReceiveClose();

        Assert.Equal(ErrorCode.ResourceExhausted, reason.Code);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.ConnectAsync());
        Assert.Contains("connections open", error.Message, StringComparison.Ordinal);
        await first.PingAsync().Soon();
    }

    [Fact]
    public async Task SlowReader_IsCutOffAndOthersDoNotNotice()
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.SendQueueBytes = 256 * 1024;
            options.SendTimeout = TimeSpan.FromMilliseconds(300);
        });
        await using var other = await host.ConnectAsync();
        using var slow = host.ConnectRaw();
        slow.Hello();
        var body = RawClient.Json($$"""{"text":"{{new string('x', 200_000)}}"}""");
        var calls = 0;
        host.Dispatcher.On("test.big", (call, response, _) =>
        {
            Interlocked.Increment(ref calls);
            System.Buffers.BuffersExtensions.Write(response, call.Body.Span);
            return ValueTask.CompletedTask;
        });

        for (uint id = 1; id <= 20; id++)
        {
            slow.Send(RawClient.Request(id, "test.big", body));
        }

        // It reads nothing until the host has given up on it; meanwhile others are served.
        using var gone = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.ConnectionCount > 1)
        {
            gone.Token.ThrowIfCancellationRequested();
            using var response = await other.CallAsync("test.echo", default).Soon();
        }

        Assert.Equal(20, Volatile.Read(ref calls));
        await host.NoCallsAsync();
        await other.PingAsync().Soon();
    }

    [Fact]
    public async Task PipelinedRequestsWithoutReading_AreAllAnswered()
    {
        // More than the socket's buffers hold in either direction, by a client that writes everything before it reads.
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        var body = RawClient.Json($$"""{"text":"{{new string('x', 20_000)}}"}""");
        for (uint id = 1; id <= 200; id++)
        {
            client.Send(RawClient.Request(id, "test.echo", body));
        }

        var ids = new HashSet<uint>();
        for (var i = 0; i < 200; i++)
        {
            var answer = client.Receive()!;
            Assert.Null(answer.Error);
            ids.Add(answer.Id);
        }

        Assert.Equal(200, ids.Count);
    }

    [Fact]
    public async Task ReadLoopAnswersNobodyReads_CloseTheConnectionAtTwiceTheQueue()
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.SendQueueBytes = 64 * 1024;
            options.SendTimeout = TimeSpan.FromMinutes(5);
        });
        using var client = host.ConnectRaw();
        client.Hello();
        var ping = RawClient.Request(1, "host.ping");

        Assert.Throws<System.Net.Sockets.SocketException>(() =>
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                client.Send(ping);
            }
        });
        await using var other = await host.ConnectAsync();
        await other.PingAsync().Soon();
    }

    [Fact]
    public async Task Answer_BesideALargerOneThatIsUnderWay_DoesNotCloseTheConnection()
    {
        // Larger than what may pile up of answers that are not waited for, and smaller than a frame.
        const int Bytes = 20 * 1024 * 1024;
        await using var host = await TestHost.StartAsync();
        host.Dispatcher.On("test.large", static (_, response, _) =>
        {
            WriteBinary(response, Bytes);
            return ValueTask.CompletedTask;
        });
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(1, "test.large"));
        Assert.True(client.Socket.Poll(Unexpected.Timeout, System.Net.Sockets.SelectMode.SelectRead), "the answer did not begin");

        client.Send(RawClient.Request(2, "host.ping"));

        var large = client.Receive();
        Assert.Equal((1u, null), (large!.Id, large.Error));
        Assert.InRange(large.Json.Length, Bytes, int.MaxValue);
        Assert.Equal(2u, client.Receive()!.Id);
    }

    private static void WriteBinary(IBufferWriter<byte> target, int bytes)
    {
        var writer = new MessagePackWriter(target);
        writer.Write(new byte[bytes]);
        writer.Flush();
    }
}
