using System.Net.Sockets;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol;

namespace EdgeHost.Ipc.Tests;

public class MalformedFrameTests
{
    [Theory]
    [InlineData("c1", "0xc1")] // not MessagePack
    [InlineData("00", "message")] // a number is no message
    [InlineData("90", "message")]
    [InlineData("9103", "MessagePack-RPC")]
    [InlineData("94030102c0", "MessagePack-RPC")]
    [InlineData("940101c0c0", "no responses")]
    [InlineData("9400ffa16190", "allowed are 0")] // a negative id
    [InlineData("9302a8242f63616e63656c90", "$/cancel")]
    [InlineData("9302a8242f63616e63656c91a161", "$/cancel")]
    [InlineData("9302a8242f637265646974920100", "$/credit")] // no credit is no credit
    [InlineData("9400 01 a161 91 c6 7fffffff", "allowed")]
    [InlineData("dd ffffffff", "allowed")]
    public async Task Frame_Broken_ClosesThatConnectionAloneWithAReason(string hex, string mentions)
    {
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 1024 * 1024);
        await using var other = await host.ConnectAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)));

        var reason = client.ReceiveClose();
        Assert.Equal(ErrorCode.InvalidArgument, reason.Code);
        Assert.Contains(mentions, reason.Message, StringComparison.Ordinal);
        await other.PingAsync().Soon();
    }

    [Fact]
    public async Task Frame_TooLargeWithAKnownId_GetsAnErrorAndThenTheReason()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 1024 * 1024);
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(Convert.FromHexString("9400ccc8a16191c600200000"));

        var answer = client.Receive()!;
        Assert.Equal(200u, answer.Id);
        Assert.Equal(ErrorCode.InvalidArgument, answer.Error!.Code);
        Assert.Equal(ErrorCode.InvalidArgument, client.ReceiveClose().Code);
    }

    [Fact]
    public async Task Frame_DepthBomb_ClosesWithAReason()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send([.. Convert.FromHexString("940001a161"), .. Enumerable.Repeat((byte)0x91, 10_000)]);

        Assert.Equal(ErrorCode.InvalidArgument, client.Receive()!.Error!.Code);
        Assert.Contains("64 levels", client.ReceiveClose().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("940005 05 9180")] // the method is a number
    [InlineData("940005 a0 9180")] // or empty
    [InlineData("940005 a161 80")] // params are a map
    [InlineData("940005 a161 93c0c0c0")] // too many params
    public async Task Request_WrongInItself_GetsAnErrorAndTheConnectionGoesOn(string hex)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)));

        var answer = client.Receive()!;
        Assert.Equal(5u, answer.Id);
        Assert.Equal(ErrorCode.InvalidArgument, answer.Error!.Code);
        client.Send(RawClient.Request(6, "host.ping"));
        Assert.Null(client.Receive()!.Error);
    }

    [Fact]
    public async Task Notification_Unknown_IsIgnored()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send([.. RawClient.Notification("$/later", 1), .. RawClient.Notification("$/credit", 77, 5), .. RawClient.Request(6, "host.ping")]);

        Assert.Equal(6u, client.Receive()!.Id);
    }

    [Fact]
    public async Task Request_ByteByByte_IsServed()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        foreach (var value in RawClient.Request(6, "test.echo", RawClient.Json("""{"a":"b"}""")))
        {
            client.Send([value]);
        }

        Assert.Equal("""{"a":"b"}""", client.Receive()!.Json);
    }

    [Fact]
    public async Task Frame_TruncatedByAVanishingClient_LeavesNothingBehind()
    {
        await using var host = await TestHost.StartAsync();
        await using var other = await host.ConnectAsync();
        var request = RawClient.Request(6, "test.echo", RawClient.Json($$"""{"a":"{{new string('x', 50_000)}}"}"""));
        foreach (var length in new[] { 1, 5, 20, 30_000, 40_000, request.Length - 1 })
        {
            using var client = host.ConnectRaw();
            client.Hello();
            client.Send(request.AsSpan(0, length));
        }

        using var gone = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.ConnectionCount > 1)
        {
            gone.Token.ThrowIfCancellationRequested();
            await other.PingAsync().Soon();
        }

        Assert.Empty(host.Dispatcher.Calls);
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    [Fact]
    public async Task Fuzz_MutatedFrames_NeverHarmTheHost()
    {
        const int rounds = 400;
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 256 * 1024);
        byte[][] golden =
        [
            RawClient.Request(0, HostMethods.Hello, RawClient.Json("""{"protocol":1,"app":"fuzz","token":"t","client":"c"}""")),
            RawClient.Request(1, HostMethods.Ping, RawClient.Json("""{"payload":null}""")),
            RawClient.Request(2, "test.echo", RawClient.Json("""{"a":[1,2.5,"x",null,true],"b":{"c":[]}}"""), RawClient.Json("""{"deadline_ms":1000,"priority":"background","traceparent":"00","explain":true}""")),
            RawClient.Request(3, HostMethods.Capabilities),
            RawClient.Notification("$/cancel", 2),
            RawClient.Notification("$/credit", 2, 3),
        ];
        var random = new Random(20_240_607);
        for (var round = 0; round < rounds; round++)
        {
            using var client = host.ConnectRaw();
            try
            {
                if (random.Next(4) > 0) client.Hello();
                for (var i = random.Next(1, 8); i > 0; i--)
                {
                    client.Send(Mutate(random, golden[random.Next(golden.Length)]));
                }

                client.Socket.Shutdown(SocketShutdown.Send);
                while (client.Receive() is not null)
                {
                }
            }
            catch (SocketException)
            {
                // The host had enough of it.
            }

            if (round % 20 != 0) continue;
            await using var fresh = await host.ConnectAsync();
            await fresh.PingAsync().Soon();
        }

        await using var last = await host.ConnectAsync();
        using var response = await last.CallAsync("test.echo", default).Soon();
    }

    private static byte[] Mutate(Random random, byte[] frame)
    {
        var bytes = frame.ToList();
        for (var i = random.Next(4); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    if (bytes.Count > 1) bytes.RemoveAt(at);
                    break;
            }
        }

        return [.. bytes];
    }
}
