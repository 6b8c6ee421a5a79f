using System.Buffers;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Serialization;

namespace EdgeHost.Ipc.Tests;

public class TypedCallTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public async Task CallAsync_BinaryInTheResponse_StaysValidAfterLaterCalls(int size)
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        var data = new byte[size];
        new Random(size).NextBytes(data);

        var first = await client.CallAsync<Picture, Picture>("test.echo", new Picture(data)).Soon();
        for (var i = 0; i < 5; i++)
        {
            await client.CallAsync<Picture, Picture>("test.echo", new Picture(new byte[size])).Soon();
        }

        Assert.True(first.Image.Span.SequenceEqual(data));
    }

    [Fact]
    public async Task CallAsync_ResponseOfAnotherForm_NamesTheField()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.other", (_, response, _) =>
        {
            FakeDispatcher.WriteMap(response, "image", 5);
            return ValueTask.CompletedTask;
        });

        var error = await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => client.CallAsync<Picture, Picture>("test.other", new Picture(default)).AsTask());

        Assert.Contains("image", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamAsync_TypedItems_StayValid()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.pictures", async (call, _, token) =>
        {
            for (byte i = 0; i < 50; i++)
            {
                var item = new ArrayBufferWriter<byte>();
                var picture = new byte[1000];
                picture.AsSpan().Fill(i);
                Append(item, new Picture(picture));
                await call.Items!.SendAsync(item.WrittenMemory, token);
            }
        });

        var pictures = new List<Picture>();
        await foreach (var picture in client.StreamAsync<Picture, Picture>("test.pictures", new Picture(default)))
        {
            pictures.Add(picture);
        }

        Assert.Equal(Enumerable.Range(0, 50), pictures.Select(picture => (int)picture.Image.Span[999]));
    }

    [Fact]
    public async Task CallAsync_ResponseRefersToTheRequest_IsSentBeforeTheRequestIsGivenBack()
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();
        host.Dispatcher.On("test.mirror", (call, response, _) =>
        {
            var reader = new WireReader(call.Body);
            Append(response, Picture.Read(ref reader));
            return ValueTask.CompletedTask;
        });

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, token) =>
        {
            var data = new byte[300_000];
            data.AsSpan().Fill((byte)i);
            var mirrored = await client.CallAsync<Picture, Picture>("test.mirror", new Picture(data), cancellationToken: token);
            Assert.True(mirrored.Image.Span.SequenceEqual(data));
        }).Soon();

        await host.NoCallsAsync();
        await client.PingAsync().Soon();
        Assert.Equal(0, host.Server.LargeBuffersOutstanding);
    }

    private static void Append(IBufferWriter<byte> target, Picture picture)
    {
        var writer = new WireWriter(target);
        Picture.Write(ref writer, picture);
        writer.Flush();
    }
}
