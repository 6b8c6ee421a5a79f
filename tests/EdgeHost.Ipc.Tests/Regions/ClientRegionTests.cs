using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;

namespace EdgeHost.Ipc.Tests.Regions;

public class ClientRegionTests
{
    private const int Threshold = 64 * 1024;

    [LinuxFact]
    public async Task LargeBinaries_GoThroughARegionOnceItIsOpen()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var content = Content(Threshold, 1);

        await client.CallAsync<Picture, Picture>("test.echo", new Picture(content)).Soon();
        Assert.Null(host.Dispatcher.Calls.Last().References);
        await RegionsAsync(host);
        await UsesRegionAsync(host, client);
        Assert.True((await client.CallAsync<Picture, Picture>("test.echo", new Picture(content)).Soon()).Image.Span.SequenceEqual(content));
        Assert.NotNull(host.Dispatcher.Calls.Last().References);

        Assert.True((await client.CallAsync<Picture, Picture>("test.echo", new Picture(content.AsMemory(1))).Soon()).Image.Span.SequenceEqual(content.AsSpan(1)));
        Assert.Null(host.Dispatcher.Calls.Last().References);
        await client.PingAsync(Content(6 << 20, 2)).Soon();
    }

    [Theory]
    [InlineData(int.MaxValue, 1 << 20)]
    [InlineData(Threshold, 0)]
    public async Task LargeBinaries_WhereTheAppWantsNoRegions_GoOverTheSocket(int threshold, long bytes)
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await ConnectAsync(host, options =>
        {
            options.RegionThresholdBytes = threshold;
            options.RegionBytes = bytes;
        });
        await EchoAsync(client, 1 << 20);
        await EchoAsync(client, 1 << 20);

        Assert.All(host.Dispatcher.Calls, call => Assert.Null(call.References));
        Assert.Equal(0, host.Server.RegionBytes);
    }

    [Fact]
    public async Task LargeBinaries_WhereTheHostHasNoRegions_GoOverTheSocket()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxRegionsPerConnection = 0);
        await using var client = await host.ConnectAsync();
        await EchoAsync(client, 1 << 20);
        await EchoAsync(client, 1 << 20);
        using var buffer = await client.RentBufferAsync(100_000).Soon();
        Content(100_000, 4).CopyTo(buffer.Memory);

        Assert.False(buffer.IsShared);
        var echoed = await client.CallAsync<Picture, Picture>("test.echo", new Picture(buffer.Memory)).Soon();
        Assert.True(echoed.Image.Span.SequenceEqual(Content(100_000, 4)));
        Assert.All(host.Dispatcher.Calls, call => Assert.Null(call.References));
    }

    [LinuxFact]
    public async Task ManyAtOnce_EachGetsItsOwnBytes()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await ConnectAsync(host, options => options.RegionBytes = 24 << 20);
        await Parallel.ForEachAsync(Enumerable.Range(0, 600), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, token) =>
        {
            var content = Content(1000 + (new Random(i).Next(1 << 20)), i);
            if (i % 3 == 0)
            {
                using var buffer = await client.RentBufferAsync(content.Length, token);
                content.CopyTo(buffer.Span);
                var mirrored = await client.CallAsync<Picture, Picture>("test.echo", new Picture(buffer.Memory), cancellationToken: token);
                Assert.True(mirrored.Image.Span.SequenceEqual(content));
                return;
            }

            var echoed = await client.CallAsync<Picture, Picture>("test.echo", new Picture(content), cancellationToken: token);
            Assert.True(echoed.Image.Span.SequenceEqual(content));
        }).Soon();

        Assert.Contains(host.Dispatcher.Calls, call => call.References is not null);
        Assert.InRange(host.Server.RegionBytes, 1, 24 << 20);
        await host.NoCallsAsync();
        await client.DisposeAsync();
        await OpenRegionTests.NoRegionsAsync(host);
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    [LinuxFact]
    public async Task NoRoom_GoesOverTheSocketAndComesBackWhenCallsEnd()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await ConnectAsync(host, options => options.RegionBytes = 256 * 1024);
        var slow = host.Dispatcher.Block("test.slow");
        using (var warm = await client.RentBufferAsync(1).Soon()) Assert.True(warm.IsShared);
        var calls = new List<Task>();
        for (var i = 0; i < 6; i++)
        {
            calls.Add(client.CallAsync<Picture, Picture>("test.slow", new Picture(Content(100_000, i))).AsTask());
        }

        await slow.BeganAsync(6);
        Assert.Equal(2, host.Dispatcher.Calls.Count(call => call.References is not null));
        using (var full = await client.RentBufferAsync(100_000).Soon()) Assert.False(full.IsShared);

        slow.Release();
        await Task.WhenAll(calls).Soon();
        using var again = await client.RentBufferAsync(250_000).Soon();
        Assert.True(again.IsShared);
    }

    [LinuxFact]
    public async Task CancelledCall_KeepsItsSlotUntilTheHostHasAnsweredIt()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await ConnectAsync(host, options => options.RegionBytes = 128 * 1024);
        using (await client.RentBufferAsync(1).Soon())
        {
        }

        var began = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.On("test.deaf", async (_, _, _) =>
        {
            began.Release();
            await goOn.Task;
        });
        using var cancel = new CancellationTokenSource();
        var call = client.CallAsync<Picture, Picture>("test.deaf", new Picture(Content(100_000, 1)), cancellationToken: cancel.Token).AsTask();
        Assert.True(await began.WaitAsync(Unexpected.Timeout));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call).Soon();

        using (var taken = await client.RentBufferAsync(100_000).Soon()) Assert.False(taken.IsShared);
        goOn.SetResult();
        await host.NoCallsAsync();
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (true)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await client.PingAsync().Soon();
            using var free = await client.RentBufferAsync(100_000).Soon();
            if (free.IsShared) break;
        }
    }

    [LinuxFact]
    public async Task RequestLargerThanAFrame_IsRefusedWhicheverWayItWouldGo()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxFrameBytes = 1 << 20);
        await using var client = await host.ConnectAsync();
        using var buffer = await client.RentBufferAsync(1 << 20).Soon();
        Assert.True(buffer.IsShared);

        await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => client.CallAsync<Picture, Picture>("test.echo", new Picture(buffer.Memory)).AsTask());
        await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => client.CallAsync<Picture, Picture>("test.echo", new Picture(new byte[1 << 20])).AsTask());
        await EchoAsync(client, (1 << 20) - 100);
    }

    [LinuxFact]
    public async Task Stream_WithALargeRequest_FreesItsSlotAtTheEnd()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await ConnectAsync(host, options => options.RegionBytes = 128 * 1024);
        using (await client.RentBufferAsync(1).Soon())
        {
        }

        host.Dispatcher.On("test.items", async (call, _, token) =>
        {
            for (var i = 0; i < 40; i++)
            {
                await call.Items!.SendAsync(new byte[] { 0x80 }, token);
            }
        });
        for (var round = 0; round < 3; round++)
        {
            var items = 0;
            await foreach (var item in client.StreamAsync<Picture, Picture>("test.items", new Picture(Content(100_000, round))))
            {
                items++;
            }

            Assert.Equal(40, items);
        }

        Assert.All(host.Dispatcher.Calls, call => Assert.NotNull(call.References));
    }

    internal static byte[] Content(int bytes, int seed)
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        return content;
    }

    internal static Task<EdgeHostClient> ConnectAsync(TestHost host, Action<EdgeHostClientOptions> configure)
    {
        var options = new EdgeHostClientOptions { Endpoint = host.Endpoint, AppName = "test-app", ConnectTimeout = Unexpected.Timeout };
        configure(options);
        return EdgeHostClient.ConnectAsync(options).AsTask();
    }

    private static async Task EchoAsync(EdgeHostClient client, int bytes)
    {
        var content = Content(bytes, bytes);
        var echoed = await client.CallAsync<Picture, Picture>("test.echo", new Picture(content)).Soon();
        Assert.True(echoed.Image.Span.SequenceEqual(content));
    }

    private static async Task RegionsAsync(TestHost host)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.RegionBytes == 0)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // The host opens it a moment before the client has mapped it.
    private static async Task UsesRegionAsync(TestHost host, EdgeHostClient client)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        do
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await EchoAsync(client, Threshold);
        }
        while (host.Dispatcher.Calls.Last().References is null);
    }
}
