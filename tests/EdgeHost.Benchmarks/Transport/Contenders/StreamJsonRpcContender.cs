using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Benchmarks.Transport.Peers;
using StreamJsonRpc;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>StreamJsonRpc with its MessagePack formatter.</summary>
internal sealed class StreamJsonRpcContender : Contender
{
    private readonly PeerProcess _server;
    private readonly JsonRpc _rpc;

    public StreamJsonRpcContender(PeerProcess server)
    {
        _server = server;
        _rpc = JsonRpcServer.Attach(RawWire.Connect(server.Path), target: null);
        _rpc.StartListening();
    }

    public override string Name => PeerKinds.StreamJsonRpc;

    public override async ValueTask CallAsync(Exchange exchange)
    {
        var answer = exchange.IsLargeAnswer
            ? await _rpc.InvokeAsync<byte[]>("give", exchange.AnswerBytes)
            : await _rpc.InvokeAsync<byte[]>("take", exchange.Payload);
        if (answer.Length != exchange.AnswerBytes) throw new InvalidOperationException($"{answer.Length} bytes came in place of {exchange.AnswerBytes}.");
    }

    public override ValueTask<ResourceUse> GetServerUseAsync() => _server.GetUseAsync();

    public override ValueTask DisposeAsync()
    {
        _rpc.Dispose();
        return ValueTask.CompletedTask;
    }
}
