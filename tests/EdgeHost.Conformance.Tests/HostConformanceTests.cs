using EdgeHost.Conformance.Tests.Cases;

namespace EdgeHost.Conformance.Tests;

/// <summary>The host, called by the cases as bytes.</summary>
public class HostConformanceTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    /// <summary>What the host has of what cases may need: streams, regions, idempotency, grants.</summary>
    public static readonly string[] Offers = ["streams", "regions", "idempotency", "grants"];

    public static TheoryData<string> Cases => new(ConformanceCase.Names("host", Offers));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Host(string name)
    {
        using var run = new HostCaseRun(await host.EndpointAsync(), () => host.Output);
        await run.PlayAsync(ConformanceCase.Read("host", name));
    }
}
