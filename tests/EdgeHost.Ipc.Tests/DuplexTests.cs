using System.Buffers;
using EdgeHost.Ipc.Tests.Support;
using MessagePack;

namespace EdgeHost.Ipc.Tests;

public class DuplexTests
{
    [Fact]
    public async Task OpenAsync_Echo_ItemsComeBackInOrderAndThenTheResponse()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync();
        await using var call = await client.OpenAsync("test.echo_items", default).AsTask().Soon();

        var pushing = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++) await call.PushAsync(Item(i));
            await call.CompleteAsync();
            await call.CompleteAsync();
        });
        var seen = 0;
        await foreach (var item in call.ReadAllAsync())
        {
            using (item) Assert.Equal(seen++, Number(item.Memory));
        }

        await pushing.Soon();
        Assert.Equal(1000, seen);
        Assert.Equal(1000, Number(await call.ResponseAsync().Soon()));
    }

    [Fact]
    public async Task PushAsync_HandlerTakesNothing_WaitsForCredit()
    {
        await using var host = await TestHost.StartAsync(options => options.StreamCredit = 4);
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        await using var call = await client.OpenAsync("test.slow", default).AsTask().Soon();
        for (var i = 0; i < 4; i++) await call.PushAsync(Item(i)).AsTask().Soon();

        var fifth = call.PushAsync(Item(4)).AsTask();
        await slow.BeganAsync();
        Assert.False(fifth.IsCompleted);
        slow.Release();

        // The call ends without having taken anything: whoever waits to push is told.
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fifth.Soon());
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        await call.ResponseAsync().Soon();
    }

    [Fact]
    public async Task PushAsync_CallFails_ThrowsItsError()
    {
        await using var host = await TestHost.StartAsync(options => options.StreamCredit = 1);
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.picky", async (call, _, token) =>
        {
            await foreach (var item in call.Pushes!.ReadAllAsync(token)) throw new EdgeHostException(ErrorCode.DataLoss, "I do not like it.");
        });
        await using var call = await client.OpenAsync("test.picky", default).AsTask().Soon();

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () =>
        {
            while (true) await call.PushAsync(Item(1)).AsTask().Soon();
        });

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.Equal(ErrorCode.DataLoss, (await Assert.ThrowsAsync<EdgeHostException>(() => call.ResponseAsync().Soon())).Code);
    }

    [Fact]
    public async Task Push_BeyondTheCredit_EndsTheCall()
    {
        await using var host = await TestHost.StartAsync(options => options.StreamCredit = 2);
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(5, "test.slow"));
        await slow.BeganAsync();

        client.Send([.. Push(5), .. Push(5), .. Push(5)]);

        var answer = client.Receive()!;
        Assert.Equal((5u, ErrorCode.ResourceExhausted), (answer.Id, answer.Error!.Code));
        Assert.Contains("$/credit", answer.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$/push")]
    [InlineData("$/end")]
    public async Task Push_AfterTheEnd_EndsTheCall(string notification)
    {
        await using var host = await TestHost.StartAsync();
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(5, "test.slow"));
        await slow.BeganAsync();

        client.Send([.. Push(5), .. RawClient.Notification("$/end", 5), .. notification == "$/push" ? Push(5) : RawClient.Notification("$/end", 5)]);

        var answer = client.Receive()!;
        Assert.Equal((5u, ErrorCode.InvalidArgument), (answer.Id, answer.Error!.Code));
    }

    [Fact]
    public async Task Push_TooManyBytesWait_EndsTheCall()
    {
        await using var host = await TestHost.StartAsync(options => options.PushQueueBytes = 64 * 1024);
        var slow = host.Dispatcher.Block("test.slow");
        using var client = host.ConnectRaw();
        client.Hello();
        client.Send(RawClient.Request(5, "test.slow"));
        await slow.BeganAsync();

        // The item that reaches the limit is taken, whatever its size; the next is one too many.
        client.Send([.. Push(5, 10), .. Push(5, 200_000), .. RawClient.Request(6, "host.ping")]);
        Assert.Equal(6u, client.Receive()!.Id);
        client.Send(Push(5));

        var answer = client.Receive()!;
        Assert.Equal((5u, ErrorCode.ResourceExhausted), (answer.Id, answer.Error!.Code));
        await slow.CancelledAsync();
        await host.NoCallsAsync();
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    [Fact]
    public async Task Push_ForACallThatIsNotThere_IsIgnored()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send([.. Push(9), .. RawClient.Notification("$/end", 9), .. RawClient.Request(1, "test.echo"), .. Push(1)]);

        Assert.Equal(1u, client.Receive()!.Id);
    }

    [Fact]
    public async Task Client_VanishesInTheMiddle_TheHandlerIsCancelledAndNothingIsLeft()
    {
        await using var host = await StartAsync();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.On("test.take", async (call, _, token) =>
        {
            try
            {
                await foreach (var item in call.Pushes!.ReadAllAsync(token))
                {
                    // Waits for more, which never comes.
                }
            }
            catch (OperationCanceledException)
            {
                ended.SetResult();
                throw;
            }
        });
        using (var client = host.ConnectRaw())
        {
            client.Hello();
            client.Send([.. RawClient.Request(5, "test.take"), .. Push(5)]);
        }

        await ended.Task.Soon();
    }

    [Fact]
    public async Task OpenAsync_ManyAtOnce_EachIsCompleteAndInOrder()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async stream =>
        {
            var random = new Random(stream);
            await using var call = await client.OpenAsync("test.echo_items", default);
            var count = random.Next(1, 120);
            var pushing = Task.Run(async () =>
            {
                for (var i = 0; i < count; i++) await call.PushAsync(Item((stream << 16) | i));
                await call.CompleteAsync();
            });
            var seen = 0;
            await foreach (var item in call.ReadAllAsync())
            {
                using (item) Assert.Equal((stream << 16) | seen++, Number(item.Memory));
                if (random.Next(20) == 0) await Task.Yield();
            }

            await pushing;
            Assert.Equal(count, seen);
        })).WaitAsync(Unexpected.Timeout * 3);
    }

    [Fact]
    public async Task DisposeAsync_InTheMiddle_StopsTheCallOnTheHost()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync();
        var slow = host.Dispatcher.Block("test.slow");
        var call = await client.OpenAsync("test.slow", default).AsTask().Soon();
        await slow.BeganAsync();

        await call.DisposeAsync();

        await slow.CancelledAsync();
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync();
        host.Dispatcher.On("test.echo_items", async (call, response, token) =>
        {
            var count = 0;
            await foreach (var item in call.Pushes!.ReadAllAsync(token))
            {
                await call.Items!.SendAsync(item, token);
                count++;
            }

            response.Write(Item(count));
        });
        return host;
    }

    private static byte[] Push(uint id, int bytes = 1)
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

    private static byte[] Item(int number)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.Write(number);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static int Number(ReadOnlyMemory<byte> item) => new MessagePackReader(item).ReadInt32();
}
