using System.Net.Http.Json;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Benchmarks.Transport.Peers;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>JSON with base64 over HTTP/1.1, which takes a connection for each call in flight.</summary>
internal sealed class JsonContender : Contender
{
    private static readonly Uri Address = new($"http://localhost{JsonServer.Route}");

    private readonly PeerProcess _server;
    private readonly HttpClient _http;

    public JsonContender(PeerProcess server)
    {
        _server = server;
        _http = new HttpClient(SocketHttp.CreateHandler(server.Path), disposeHandler: true);
    }

    public override string Name => PeerKinds.Json;

    public override async ValueTask CallAsync(Exchange exchange)
    {
        var request = new JsonBytes(exchange.Payload, exchange.IsLargeAnswer ? exchange.AnswerBytes : 0);
        using var response = await _http.PostAsJsonAsync(Address, request, JsonBytesContext.Default.JsonBytes);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync(JsonBytesContext.Default.JsonBytes);
        if (answer?.Payload.Length != exchange.AnswerBytes) throw new InvalidOperationException($"{answer?.Payload.Length} bytes came in place of {exchange.AnswerBytes}.");
    }

    public override ValueTask<ResourceUse> GetServerUseAsync() => _server.GetUseAsync();

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
