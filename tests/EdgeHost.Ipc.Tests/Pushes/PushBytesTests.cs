using System.Buffers;
using EdgeHost.Ipc.Tests.Support;
using MessagePack;

namespace EdgeHost.Ipc.Tests.Pushes;

/// <summary>The limit of bytes that wait for a handler, which hello announces and clients keep to.</summary>
public class PushBytesTests
{
    private const int Limit = 64 * 1024;

    [Fact]
    public async Task Hello_AnnouncesTheLimit()
    {
        await using var host = await TestHost.StartAsync(options => options.PushQueueBytes = 100_000);
        await using var client = await host.ConnectAsync();

        Assert.Equal(100_000, client.Host.Limits.MaxPushBytes);
    }

    [Fact]
    public async Task PushAsync_LargeItemsToASlowHandler_AreNeverCutOff()
    {
        await using var host = await StartAsync(async _ => await Task.Yield());
        await using var client = await host.ConnectAsync();
        await using var call = await client.OpenAsync("test.count", default).AsTask().Soon();
        var random = new Random(5);

        for (var i = 0; i < 200; i++) await call.PushAsync(Item(random.Next(3 * Limit))).AsTask().Soon();
        await call.CompleteAsync();

        Assert.Equal(200, Number(await call.ResponseAsync().Soon()));
        await host.NoCallsAsync();
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    [Fact]
    public async Task PushAsync_HandlerTakesNothing_WaitsAtTheLimitAndGoesOn()
    {
        using var gate = new SemaphoreSlim(0);
        await using var host = await StartAsync(token => gate.WaitAsync(Unexpected.Timeout, token));
        await using var client = await host.ConnectAsync();
        await using var call = await client.OpenAsync("test.count", default).AsTask().Soon();
        await call.PushAsync(Item(Limit - 100)).AsTask().Soon();
        await call.PushAsync(Item(2 * Limit)).AsTask().Soon();

        var third = call.PushAsync(Item(1)).AsTask();
        await client.PingAsync().AsTask().Soon();
        Assert.False(third.IsCompleted);
        gate.Release(10);
        await third.Soon();
        await call.CompleteAsync();

        Assert.Equal(3, Number(await call.ResponseAsync().Soon()));
    }

    [Fact]
    public async Task PushAsync_CancelledOrNotAnItem_CostsNoRoom()
    {
        using var gate = new SemaphoreSlim(0);
        await using var host = await StartAsync(token => gate.WaitAsync(Unexpected.Timeout, token));
        await using var client = await host.ConnectAsync();
        await using var call = await client.OpenAsync("test.count", default).AsTask().Soon();
        for (var i = 0; i < 50; i++)
        {
            await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => call.PushAsync(new byte[] { 0x81, 0xa1 }).AsTask());
        }

        for (var i = 0; i < 2; i++) await call.PushAsync(Item(Limit - 100)).AsTask().Soon();
        using var cancel = new CancellationTokenSource();
        var third = call.PushAsync(Item(Limit), cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third.Soon());
        gate.Release(10);
        for (var i = 0; i < 5; i++) await call.PushAsync(Item(10)).AsTask().Soon();
        await call.CompleteAsync();

        Assert.Equal(7, Number(await call.ResponseAsync().Soon()));
    }

    private static async Task<TestHost> StartAsync(Func<CancellationToken, Task> beforeEach)
    {
        var host = await TestHost.StartAsync(options => options.PushQueueBytes = Limit);
        host.Dispatcher.On("test.count", async (call, response, token) =>
        {
            var count = 0;
            await beforeEach(token);
            await foreach (var item in call.Pushes!.ReadAllAsync(token))
            {
                count++;
                await beforeEach(token);
            }

            response.Write(MessagePackSerializer.Serialize(count, cancellationToken: token));
        });
        return host;
    }

    private static byte[] Item(int bytes) => MessagePackSerializer.Serialize(new byte[bytes]);

    private static int Number(ReadOnlyMemory<byte> item) => new MessagePackReader(item).ReadInt32();
}
