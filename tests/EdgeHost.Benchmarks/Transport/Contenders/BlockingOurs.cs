using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Client;
using TestPlugins.Transport;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>Calls that block, so that the caller reads its own answer.</summary>
/// <param name="client">The connection; owned.</param>
/// <param name="name">What the row is called.</param>
/// <param name="options">What is said about each call, or null.</param>
/// <param name="leastBytes">It has no part in cases with smaller requests.</param>
internal sealed class BlockingOurs(EdgeHostClient client, string name, CallOptions? options = null, int leastBytes = 0) : OursContender(client)
{
    public override string Name => name;

    public override bool Blocks => true;

    public override bool Fits(TransportCase measured) => measured.InFlight == 1 && measured.Exchange.Payload.Length >= leastBytes;

    public override ValueTask CallAsync(Exchange exchange)
    {
        if (exchange.IsLargeAnswer) Check(Client.Call<GiveRequest, GiveResponse>(Give, new GiveRequest { Bytes = exchange.AnswerBytes }, options), exchange);
        else Check(Client.Call<TakeRequest, TakeResponse>(Take, Request(exchange), options), exchange);
        return ValueTask.CompletedTask;
    }
}
