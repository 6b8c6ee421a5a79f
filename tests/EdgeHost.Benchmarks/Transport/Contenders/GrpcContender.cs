using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Benchmarks.Transport.Peers;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>gRPC over HTTP/2.</summary>
internal sealed class GrpcContender : Contender
{
    private readonly PeerProcess _server;
    private readonly GrpcChannel _channel;
    private readonly CallInvoker _invoker;

    public GrpcContender(PeerProcess server)
    {
        _server = server;
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = SocketHttp.CreateHandler(server.Path),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        _invoker = _channel.CreateCallInvoker();
    }

    public override string Name => PeerKinds.Grpc;

    public override async ValueTask CallAsync(Exchange exchange)
    {
        var request = new GrpcBytes(exchange.Payload, exchange.IsLargeAnswer ? exchange.AnswerBytes : 0);
        using var call = _invoker.AsyncUnaryCall(GrpcTarget.Method, host: null, default, request);
        var answer = await call;
        if (answer.Payload.Length != exchange.AnswerBytes) throw new InvalidOperationException($"{answer.Payload.Length} bytes came in place of {exchange.AnswerBytes}.");
    }

    public override ValueTask<ResourceUse> GetServerUseAsync() => _server.GetUseAsync();

    public override ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }
}
