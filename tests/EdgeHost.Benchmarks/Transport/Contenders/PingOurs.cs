using System.Buffers;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Client;
using MessagePack;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>The host's own ping, which no plugin and no scheduler sees: the transport alone.</summary>
internal sealed class PingOurs(EdgeHostClient client) : OursContender(client)
{
    private byte[] _body = [];

    public override string Name => $"{Family}, ping";

    public override bool Blocks => true;

    public override bool Fits(TransportCase measured) => measured.InFlight == 1 && !measured.Exchange.IsLargeAnswer;

    public override ValueTask PrepareAsync(TransportCase measured)
    {
        var exchange = measured.Exchange;
        var buffer = new ArrayBufferWriter<byte>(exchange.Payload.Length + 32);
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(1);
        writer.Write("payload");
        writer.Write(exchange.Payload);
        writer.Flush();
        _body = buffer.WrittenSpan.ToArray();
        return ValueTask.CompletedTask;
    }

    public override ValueTask CallAsync(Exchange exchange)
    {
        using var answer = Client.Call("host.ping", _body);
        return ValueTask.CompletedTask;
    }
}
