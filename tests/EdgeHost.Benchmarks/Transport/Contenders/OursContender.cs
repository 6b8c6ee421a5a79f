using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Client;
using TestPlugins.Transport;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>A client of the real host, and a plugin's capability behind all that a product has in between.</summary>
internal abstract class OursContender(EdgeHostClient client) : Contender
{
    /// <summary>The family's name for <c>--only</c>.</summary>
    public const string Family = "ours";

    /// <summary>The row whose payloads are copied into shared memory by the call.</summary>
    public const string Region = $"{Family}, region";

    /// <summary>The row whose payloads were made in shared memory.</summary>
    public const string InPlace = $"{Family}, produced in place";

    /// <summary>Payloads from here on go through shared memory by themselves.</summary>
    public const int LeastRegionBytes = 64 * 1024;

    /// <summary>The capability that takes a payload and answers with a few bytes.</summary>
    protected const string Take = "transport.take";

    /// <summary>The capability that gives many bytes.</summary>
    protected const string Give = "transport.give";

    private TakeRequest? _request;

    protected EdgeHostClient Client { get; } = client;

    public override async ValueTask<ResourceUse> GetServerUseAsync()
    {
        var use = await Client.CallAsync<UsageRequest, UsageResponse>("transport.usage", new UsageRequest());
        return new ResourceUse(use.AllocatedBytes, use.CpuMicroseconds);
    }

    public override ValueTask DisposeAsync() => Client.DisposeAsync();

    // One object for all calls of an exchange, as of an app that has its payload once.
    protected TakeRequest Request(Exchange exchange)
    {
        if (_request is not { } request || !request.Payload.Equals(exchange.Payload)) _request = request = new TakeRequest { Payload = exchange.Payload };
        return request;
    }

    protected static void Check(TakeResponse answer, Exchange exchange) => Check(answer.Bytes, exchange.Payload.Length);

    protected static void Check(GiveResponse answer, Exchange exchange) => Check(answer.Payload.Length, exchange.AnswerBytes);

    private static void Check(int bytes, int expected)
    {
        if (bytes != expected) throw new InvalidOperationException($"{bytes} bytes came in place of {expected}.");
    }
}
