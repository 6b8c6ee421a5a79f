using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Client;
using TestPlugins.Transport;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>Calls that are awaited, any number at once.</summary>
internal sealed class AsyncOurs(EdgeHostClient client) : OursContender(client)
{
    public override string Name => $"{Family}, awaited";

    public override async ValueTask CallAsync(Exchange exchange)
    {
        if (exchange.IsLargeAnswer) Check(await Client.CallAsync<GiveRequest, GiveResponse>(Give, new GiveRequest { Bytes = exchange.AnswerBytes }), exchange);
        else Check(await Client.CallAsync<TakeRequest, TakeResponse>(Take, Request(exchange)), exchange);
    }
}
