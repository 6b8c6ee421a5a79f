using EdgeHost.Client;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Serialization;

namespace EdgeHost.Ipc.Tests.Regions;

public class SharedBufferTests
{
    [LinuxFact]
    public async Task Buffer_AndPartsOfIt_AreReadInPlaceByAnyNumberOfCalls()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var before = client.Host.Limits.MaxRegionBytes;
        using var buffer = await client.RentBufferAsync(1 << 20).Soon();
        ClientRegionTests.Content(1 << 20, 3).CopyTo(buffer.Span);

        Assert.True(buffer.IsShared);
        Assert.Equal(1 << 20, buffer.Length);
        Assert.True(before > 0);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var part = buffer.Memory.Slice(i * 1000, 100_000 + i);
            var echoed = await client.CallAsync<Picture, Picture>("test.echo", new Picture(part));
            Assert.True(echoed.Image.Span.SequenceEqual(part.Span));
        })).Soon();
        Assert.All(host.Dispatcher.Calls, call => Assert.NotNull(call.References));
    }

    [LinuxFact]
    public async Task Buffer_IsTheMemoryThatTheHandlerReads()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var looks = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Dispatcher.OnResolving("test.look", async (call, response, _) =>
        {
            var image = Read(call.Body, call.References!);
            looks.Release();
            await goOn.Task;
            FakeDispatcher.WriteMap(response, "image", image.Span[20_000]);
        });
        using var buffer = await client.RentBufferAsync(50_000).Soon();

        var body = new Picture(buffer.Memory);
        var call = client.CallAsync<Picture, Seen>("test.look", body).AsTask();
        Assert.True(await looks.WaitAsync(Unexpected.Timeout));
        buffer.Span[20_000] = 99;
        goOn.SetResult();

        Assert.Equal(99, (await call.Soon()).Image);
    }

    [LinuxFact]
    public async Task Dispose_WhileACallUsesIt_KeepsItsMemoryUntilTheAnswer()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await ClientRegionTests.ConnectAsync(host, options => options.RegionBytes = 128 * 1024);
        var slow = host.Dispatcher.Block("test.slow");
        var content = ClientRegionTests.Content(100_000, 8);
        var buffer = await client.RentBufferAsync(100_000).Soon();
        content.CopyTo(buffer.Span);
        var memory = buffer.Memory;
        var call = client.CallAsync<Picture, Picture>("test.slow", new Picture(memory)).AsTask();
        await slow.BeganAsync();

        buffer.Dispose();
        buffer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.Memory);
        Assert.Throws<ObjectDisposedException>(() => buffer.Span.Length);
        using (var other = await client.RentBufferAsync(100_000).Soon())
        {
            Assert.False(other.IsShared);
            other.Span.Fill(1);
        }

        slow.Release();
        Assert.True((await call.Soon()).Image.Span.SequenceEqual(content));
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        using var again = await client.RentBufferAsync(100_000).Soon();
        Assert.True(again.IsShared);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(0)]
    public async Task UseAfterDispose_InARequest_Throws(int regions)
    {
        await using var host = await TestHost.StartAsync(options => options.MaxRegionsPerConnection = regions);
        await using var client = await host.ConnectAsync();
        var buffer = await client.RentBufferAsync(100_000).Soon();
        var memory = buffer.Memory;
        buffer.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.CallAsync<Picture, Picture>("test.echo", new Picture(memory)).AsTask()).Soon();
        await client.PingAsync().Soon();
    }

    [LinuxFact]
    public async Task Buffer_OfALostConnection_KeepsItsBytesAndServesAnotherOne()
    {
        var content = ClientRegionTests.Content(300_000, 9);
        SharedBuffer buffer;
        await using (var host = await TestHost.StartAsync())
        {
            await using var client = await host.ConnectAsync();
            buffer = await client.RentBufferAsync(300_000).Soon();
            content.CopyTo(buffer.Span);
            Assert.True(buffer.IsShared);
        }

        using (buffer)
        {
            Assert.False(buffer.IsShared);
            Assert.True(buffer.Span.SequenceEqual(content));
            await using var host = await TestHost.StartAsync();
            await using var client = await host.ConnectAsync();
            for (var i = 0; i < 3; i++)
            {
                var echoed = await client.CallAsync<Picture, Picture>("test.echo", new Picture(buffer.Memory)).Soon();
                Assert.True(echoed.Image.Span.SequenceEqual(content));
            }
        }
    }

    [LinuxFact]
    public async Task Pin_KeepsTheMemoryAfterDispose()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await ClientRegionTests.ConnectAsync(host, options => options.RegionBytes = 128 * 1024);
        var buffer = await client.RentBufferAsync(100_000).Soon();
        using (buffer.Memory.Pin())
        {
            buffer.Dispose();
            using var other = await client.RentBufferAsync(100_000).Soon();
            Assert.False(other.IsShared);
        }

        using var again = await client.RentBufferAsync(100_000).Soon();
        Assert.True(again.IsShared);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Rent_OfNothing_IsRefused(int bytes)
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.RentBufferAsync(bytes).AsTask());
    }

    private static ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> body, Runtime.Dispatch.IBodyReferences references)
    {
        var reader = new WireReader(body, new Resolver(references));
        return Picture.Read(ref reader).Image;
    }

    private sealed class Resolver(Runtime.Dispatch.IBodyReferences references) : IBinaryResolver
    {
        public bool TryResolve(ReadOnlySpan<byte> reference, out ReadOnlyMemory<byte> binary, out string? problem)
            => references.TryResolve(reference, out binary, out problem);
    }

    private sealed record Seen(int Image) : IWireMessage<Seen>
    {
        public static string JsonSchema => "{}";

        public static void Write(ref WireWriter writer, Seen value) => writer.WriteMapHeader(0);

        public static Seen Read(ref WireReader reader)
        {
            reader.EnterMap();
            reader.ReadKey();
            var image = reader.ReadInt32();
            reader.Leave();
            return new Seen(image);
        }
    }
}
