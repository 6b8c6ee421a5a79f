using EdgeHost.Conformance.Tests.Cases;
using EdgeHost.Conformance.Tests.Clients;

namespace EdgeHost.Conformance.Tests;

/// <summary>The .NET client, with cases as its host.</summary>
public class DotnetConformanceTests(ClientHolder client) : IClassFixture<ClientHolder>
{
    public static TheoryData<string> Cases => new(ConformanceCase.Names("client", ClientLaunch.DotnetOffers));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Dotnet(string name) => client.PlayAsync(name, ClientLaunch.StartDotnet);
}

/// <summary>The Python client, with cases as its host.</summary>
public class PythonConformanceTests(ClientHolder client) : IClassFixture<ClientHolder>
{
    public static TheoryData<string> Cases => new(ConformanceCase.Names("client", ClientLaunch.PythonOffers));

    [LanguageTheory("python")]
    [MemberData(nameof(Cases))]
    public Task Python(string name) => client.PlayAsync(name, ClientLaunch.StartPython);
}

/// <summary>The Node client, with cases as its host.</summary>
public class NodeConformanceTests(ClientHolder client) : IClassFixture<ClientHolder>
{
    public static TheoryData<string> Cases => new(ConformanceCase.Names("client", ClientLaunch.NodeOffers));

    [LanguageTheory("node")]
    [MemberData(nameof(Cases))]
    public async Task Node(string name)
    {
        await Tools.EnsureNodePackagesAsync();
        await client.PlayAsync(name, ClientLaunch.StartNode);
    }
}

/// <summary>The stranger's client, written from docs/protocol.md, with cases as its host.</summary>
public class StrangerConformanceTests(ClientHolder client) : IClassFixture<ClientHolder>
{
    public static TheoryData<string> Cases => new(ConformanceCase.Names("client", ClientLaunch.StrangerOffers));

    [LanguageTheory("perl")]
    [MemberData(nameof(Cases))]
    public Task Stranger(string name) => client.PlayAsync(name, ClientLaunch.StartStranger);
}

/// <summary>A client that EDGEHOST_CONFORMANCE_CLIENT names (a command line), for one that is not ours.</summary>
public class OtherConformanceTests(ClientHolder client) : IClassFixture<ClientHolder>
{
    public static TheoryData<string> Cases => new(ConformanceCase.Names("client", ClientLaunch.OtherOffers));

    [LanguageTheory("other")]
    [MemberData(nameof(Cases))]
    public Task Other(string name) => client.PlayAsync(name, ClientLaunch.StartOther);
}
