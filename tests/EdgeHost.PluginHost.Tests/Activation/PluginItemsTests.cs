using System.Buffers;
using System.Threading.Channels;
using EdgeHost.PluginHost.Tests.Support;
using MessagePack;

namespace EdgeHost.PluginHost.Tests.Activation;

/// <summary>Client streams and duplex calls of a plugin in a load context of its own.</summary>
public sealed class PluginItemsTests
{
    private static readonly byte[] EmptyMap = [0x80];

    [Fact]
    public async Task Enter_HandlersThatTakeItems_DescribeThem()
    {
        await using var host = StartHost();

        var sum = await host.Catalog.Find("transport.sum")!.Target.EnterAsync("transport.sum", default);
        var echo = await host.Catalog.Find("transport.echo")!.Target.EnterAsync("transport.echo", default);

        Assert.Equal((CapabilityKind.ClientStream, CapabilityKind.Duplex), (sum.Descriptor.Kind, echo.Descriptor.Kind));
        Assert.Contains("payload", sum.Descriptor.PushSchema, StringComparison.Ordinal);
        Assert.Null(sum.Descriptor.ItemSchema);
        Assert.NotNull(echo.Descriptor.ItemSchema);
        sum.Leave();
        echo.Leave();
    }

    [Fact]
    public async Task Call_ClientStream_CountsWhatWasPushed()
    {
        await using var host = StartHost();
        var pushes = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        for (var i = 0; i < 5; i++) pushes.Writer.TryWrite(Push(100));
        pushes.Writer.Complete();

        var answer = await CallAsync(host, "transport.sum", pushes, sink: null);

        Assert.Equal("""{"bytes":500,"sum":500}""", MessagePackSerializer.ConvertToJson(answer));
    }

    [Fact]
    public async Task Call_DuplexUnderWay_IsNotCutOffWhenThePluginStops()
    {
        await using var host = StartHost();
        var pushes = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
        var items = Channel.CreateUnbounded<byte[]>();
        var call = CallAsync(host, "transport.echo", pushes, (item, _) => items.Writer.WriteAsync(item, CancellationToken.None).AsTask());
        pushes.Writer.TryWrite(Push(10));
        await items.Reader.ReadAsync().AsTask().WaitAsync(PluginTestHost.Unexpected);

        var stopping = host.Registry.StopAsync();
        pushes.Writer.TryWrite(Push(20));
        await items.Reader.ReadAsync().AsTask().WaitAsync(PluginTestHost.Unexpected);
        Assert.False(stopping.IsCompleted);
        pushes.Writer.Complete();

        Assert.Equal("""{"bytes":30,"sum":2}""", MessagePackSerializer.ConvertToJson(await call.WaitAsync(PluginTestHost.Unexpected)));
        await stopping.WaitAsync(PluginTestHost.Unexpected);
    }

    private static PluginTestHost StartHost()
    {
        var host = new PluginTestHost();
        host.Install("Transport");
        host.Registry.Scan();
        return host;
    }

    private static async Task<byte[]> CallAsync(PluginTestHost host, string method, Channel<ReadOnlyMemory<byte>> pushes, Func<byte[], CancellationToken, Task>? sink)
    {
        var served = await host.Catalog.Find(method)!.Target.EnterAsync(method, default);
        try
        {
            var response = new ArrayBufferWriter<byte>();
            await served.Handler.HandleAsync(new TestCall(method, EmptyMap, sink, pushes.Reader.ReadAllAsync()), response, CancellationToken.None);
            return response.WrittenSpan.ToArray();
        }
        finally
        {
            served.Leave();
        }
    }

    private static ReadOnlyMemory<byte> Push(int bytes)
    {
        var payload = new byte[bytes];
        Array.Fill(payload, (byte)1);
        return MessagePackSerializer.Serialize(new Dictionary<string, byte[]> { ["payload"] = payload });
    }
}
