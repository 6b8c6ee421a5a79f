using System.Net.Sockets;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Benchmarks.Transport.Peers;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>The limit: blocking calls on a bare socket, and with many in flight a thread that sends and one that receives.</summary>
/// <param name="server">Answers.</param>
/// <param name="isBatched">Whether many requests go with one send. Calls of an app come one by one, so the limit sends them so; what more a batch could
/// reach is shown beside it.</param>
internal sealed class RawContender(PeerProcess server, bool isBatched = false) : Contender
{
    public const string ContenderName = "raw";

    private readonly Socket _socket = RawWire.Connect(server.Path);
    private TransportCase? _measured;
    private RawPipeline? _pipeline;
    private byte[] _request = [];
    private byte[] _answer = [];

    public override string Name => isBatched ? $"{ContenderName}, sends batched" : ContenderName;

    public override bool Blocks => true;

    public override bool Fits(TransportCase measured) => !isBatched || measured.InFlight > 1;

    public override ValueTask PrepareAsync(TransportCase measured)
    {
        if (ReferenceEquals(measured, _measured)) return ValueTask.CompletedTask;
        _measured = measured;
        _request = RawWire.Request(measured.Exchange.Payload, measured.Exchange.AnswerBytes);
        _answer = new byte[RawWire.AnswerHeaderBytes + measured.Exchange.AnswerBytes];
        _pipeline = measured.InFlight == 1 ? null : new RawPipeline(_socket, _request, _answer.Length, measured.InFlight, isBatched);
        return ValueTask.CompletedTask;
    }

    public override ValueTask CallAsync(Exchange exchange)
    {
        RawWire.SendAll(_socket, _request);
        RawWire.ReceiveAll(_socket, _answer);
        return ValueTask.CompletedTask;
    }

    public override Task RunAsync(TransportCase measured, SliceClock clock) => _pipeline?.RunAsync(clock) ?? base.RunAsync(measured, clock);

    public override ValueTask<ResourceUse> GetServerUseAsync() => server.GetUseAsync();

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
