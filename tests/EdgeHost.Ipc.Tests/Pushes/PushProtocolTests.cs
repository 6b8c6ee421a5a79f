using System.Buffers;
using EdgeHost.Ipc.Tests.Support;
using MessagePack;

namespace EdgeHost.Ipc.Tests.Pushes;

/// <summary>Pushes as bytes: wrong ones, ones whose call's id is used again, ones that nobody takes.</summary>
public class PushProtocolTests
{
    [Theory]
    [InlineData("""[2,"$/push",[]]""")]
    [InlineData("""[2,"$/push",[1]]""")]
    [InlineData("""[2,"$/push",[-1,2]]""")]
    [InlineData("""[2,"$/push",1]""")]
    [InlineData("""[2,"$/end",[]]""")]
    [InlineData("""[2,"$/end",["1"]]""")]
    [InlineData("""[2,"$/end",[5000000000]]""")]
    public async Task PushOrEnd_WithWrongParams_ClosesTheConnectionWithAReason(string message)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(RawClient.Json(message));

        Assert.Equal(ErrorCode.InvalidArgument, client.ReceiveClose().Code);
    }

    [Fact]
    public async Task Request_WithTheIdOfAnOpenStream_IsRefusedAndTheStreamGoesOn()
    {
        await using var host = await StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send([.. RawClient.Request(1, "test.count"), .. Push(1, 1), .. RawClient.Request(1, "test.count")]);
        Assert.Equal(ErrorCode.InvalidArgument, client.Receive()!.Error!.Code);
        client.Send([.. Push(1, 1), .. RawClient.Notification("$/end", 1)]);
        Assert.Equal("""{"count":2}""", client.Receive()!.Json);

        // The id is free again: nothing of the call before counts.
        client.Send([.. RawClient.Request(1, "test.count"), .. Push(1, 1), .. RawClient.Notification("$/end", 1)]);
        Assert.Equal("""{"count":1}""", client.Receive()!.Json);
    }

    [Fact]
    public async Task Client_GoneWhilePushesWait_TheyAreGivenBack()
    {
        await using var host = await StartAsync();
        var blocked = host.Dispatcher.Block("test.wait");
        using (var client = host.ConnectRaw())
        {
            client.Hello();
            client.Send([.. RawClient.Request(1, "test.count"), .. Push(1, 10), .. RawClient.Request(2, "test.wait"), .. Push(2, 200_000), .. Push(2, 200_000)]);
            await blocked.BeganAsync();
        }

        await blocked.CancelledAsync();
        await host.NoCallsAsync();
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync();
        host.Dispatcher.On("test.count", async (call, response, token) =>
        {
            var count = 0;
            await foreach (var item in call.Pushes!.ReadAllAsync(token)) count++;
            FakeDispatcher.WriteMap(response, "count", count);
        });
        return host;
    }

    private static byte[] Push(uint id, int bytes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(3);
        writer.Write(2);
        writer.Write("$/push");
        writer.WriteArrayHeader(2);
        writer.Write(id);
        writer.Write(new byte[bytes]);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
