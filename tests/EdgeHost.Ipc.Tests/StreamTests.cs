using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol;

namespace EdgeHost.Ipc.Tests;

public class StreamTests
{
    [Fact]
    public async Task StreamAsync_ManyItems_ArriveInOrderWithInfoAndResponse()
    {
        await using var host = await TestHost.StartAsync(options => options.StreamCredit = 4);
        await using var client = await host.ConnectAsync();
        Count(host, "test.count", 1000);
        CallInfo? info = null;
        string? end = null;
        var options = new CallOptions
        {
            OnInfo = told => info = told,
            OnStreamResponse = body => end = MessagePack.MessagePackSerializer.ConvertToJson(body),
        };

        var expected = 0;
        await foreach (var item in client.StreamAsync("test.count", default, options))
        {
            using (item)
            {
                Assert.Equal($$"""{"i":{{expected++}}}""", MessagePack.MessagePackSerializer.ConvertToJson(item.Memory));
            }
        }

        Assert.Equal(1000, expected);
        Assert.Equal("""{"sent":1000}""", end);
        Assert.Equal("test", info!.Plugin);
    }

    [Fact]
    public async Task Items_WithoutCredit_AreNotSentBeforeThereIsSome()
    {
        await using var host = await TestHost.StartAsync(options => options.StreamCredit = 2);
        var sent = Count(host, "test.count", 5);
        using var client = host.ConnectRaw();
        client.Hello();

        client.Send(RawClient.Request(1, "test.count"));
        Assert.Equal("""[1,{"i":0}]""", client.Receive()!.Json);
        Assert.Equal("""[1,{"i":1}]""", client.Receive()!.Json);
        client.Send(RawClient.Request(2, "host.ping"));
        Assert.Equal(2u, client.Receive()!.Id);
        Assert.InRange(sent(), 0, 2);

        client.Send(RawClient.Notification("$/credit", 1, 2));
        Assert.Equal("""[1,{"i":2}]""", client.Receive()!.Json);
        Assert.Equal("""[1,{"i":3}]""", client.Receive()!.Json);
        client.Send(RawClient.Notification("$/credit", 1, 1000));
        Assert.Equal("""[1,{"i":4}]""", client.Receive()!.Json);
        Assert.Equal("""{"sent":5}""", client.Receive()!.Json);
    }

    [Fact]
    public async Task StreamAsync_LeftEarly_StopsTheHandler()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.On("test.endless", async (call, _, token) =>
        {
            try
            {
                while (true)
                {
                    await call.Items!.SendAsync(new byte[] { 0x01 }, token);
                }
            }
            catch (OperationCanceledException)
            {
                stopped.TrySetResult();
                throw;
            }
        });

        await foreach (var item in client.StreamAsync("test.endless", default))
        {
            item.Dispose();
            break;
        }

        await stopped.Task.Soon();
        using var response = await client.CallAsync("test.echo", default).Soon();
    }

    [Fact]
    public async Task StreamAsync_HandlerFailsMidway_GivesTheItemsThenTheError()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.fails", async (call, _, token) =>
        {
            await call.Items!.SendAsync(new byte[] { 0x01 }, token);
            throw new EdgeHostException(ErrorCode.DataLoss, "The file ends here.");
        });

        var items = 0;
        var error = await Unexpected.FailsAsync(ErrorCode.DataLoss, async () =>
        {
            await foreach (var item in client.StreamAsync("test.fails", default))
            {
                item.Dispose();
                items++;
            }
        });

        Assert.Equal(1, items);
        Assert.Equal("The file ends here.", error.Message);
    }

    [Fact]
    public async Task StreamAsync_ConnectionLost_FailsAsUnavailable()
    {
        await using var host = await TestHost.StartAsync();
        var client = await host.ConnectAsync();
        host.Dispatcher.On("test.waits", async (call, _, token) =>
        {
            await call.Items!.SendAsync(new byte[] { 0x01 }, token);
            await Task.Delay(Timeout.Infinite, token);
        });

        await Unexpected.FailsAsync(ErrorCode.Unavailable, async () =>
        {
            await foreach (var item in client.StreamAsync("test.waits", default))
            {
                item.Dispose();
                await client.DisposeAsync();
            }
        });
    }

    [Fact]
    public async Task Item_ThatIsNotMessagePack_FailsTheCallAlone()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();
        host.Dispatcher.On("test.rubbish", (call, _, token) => call.Items!.SendAsync(new byte[] { 0x92, 0x01 }, token));

        client.Send(RawClient.Request(1, "test.rubbish"));

        Assert.Equal(ErrorCode.Internal, client.Receive()!.Error!.Code);
        client.Send(RawClient.Request(2, "host.ping"));
        Assert.Null(client.Receive()!.Error);
    }

    [Fact]
    public async Task CallAsync_OfAMethodThatStreams_FailsThatCallAlone()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        Count(host, "test.count", 3);

        var error = await Unexpected.FailsAsync(ErrorCode.FailedPrecondition, () => client.CallAsync("test.count", default).AsTask());

        Assert.Contains("as a stream", error.Message, StringComparison.Ordinal);
        using var response = await client.CallAsync("test.echo", default).Soon();
    }

    private static Func<int> Count(TestHost host, string method, int items)
    {
        var sent = 0;
        host.Dispatcher.On(method, async (call, response, token) =>
        {
            for (var i = 0; i < items; i++)
            {
                await call.Items!.SendAsync(RawClient.Json($$"""{"i":{{i}}}"""), token);
                Interlocked.Increment(ref sent);
            }

            FakeDispatcher.WriteMap(response, "sent", sent);
        });
        return () => Volatile.Read(ref sent);
    }
}
