using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Client;
using TestPlugins.Transport;

namespace EdgeHost.Benchmarks.Transport.Streams;

/// <summary>Chunks over a duplex call of a client of its own.</summary>
internal sealed class OursChunkLink : ChunkLink
{
    private readonly EdgeHostClient _client;
    private readonly OpenCall<TakeRequest, GiveResponse, TakeResponse> _call;
    private readonly TakeRequest _chunk;
    private readonly Task _receiver;

    private OursChunkLink(EdgeHostClient client, OpenCall<TakeRequest, GiveResponse, TakeResponse> call, int chunkBytes, LatencyRecorder recorder)
        : base(recorder)
    {
        _client = client;
        _call = call;
        _chunk = new TakeRequest { Payload = new byte[chunkBytes] };
        _receiver = Task.Run(ReceiveAsync);
    }

    /// <summary>Opens the call.</summary>
    /// <param name="client">Owned from now on.</param>
    /// <param name="chunkBytes">Bytes of a chunk.</param>
    /// <param name="recorder">Takes the latencies.</param>
    public static async Task<OursChunkLink> OpenAsync(EdgeHostClient client, int chunkBytes, LatencyRecorder recorder)
    {
        var call = await client.OpenAsync<UsageRequest, TakeRequest, GiveResponse, TakeResponse>("transport.echo", new UsageRequest());
        return new OursChunkLink(client, call, chunkBytes, recorder);
    }

    public override async ValueTask DisposeAsync()
    {
        await _call.CompleteAsync();
        await _receiver;
        await _call.ResponseAsync();
        await _call.DisposeAsync();
        await _client.DisposeAsync();
    }

    protected override ValueTask PushAsync() => _call.PushAsync(_chunk);

    private async Task ReceiveAsync()
    {
        await foreach (var item in _call.ReadAllAsync())
        {
            if (item.Payload.Length != _chunk.Payload.Length) throw new InvalidOperationException("A chunk came back changed.");
            OnReceived();
        }
    }
}
