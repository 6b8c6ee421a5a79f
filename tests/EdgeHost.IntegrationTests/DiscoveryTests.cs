using EdgeHost.Capabilities.Plugins;
using EdgeHost.Client;
using EdgeHost.Protocol;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Who looks around starts each plugin once in its life, and not once a host.</summary>
public sealed class DiscoveryTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly HostHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Capabilities_OfPluginsThatWereDescribedBefore_AreTheSameAndStartNone()
    {
        _home.LayOutPlugin("Conformance", []);
        var (first, started) = await DiscoverAsync();
        Assert.All(started, plugin => Assert.Equal(PluginState.Active, plugin.State));

        var (second, untouched) = await DiscoverAsync();

        Assert.Contains(untouched, plugin => plugin.Id == "test.conformance");
        Assert.All(untouched, plugin => Assert.Equal(PluginState.Ready, plugin.State));
        Assert.Equivalent(first, second, strict: true);

        // Health data needs a grant of its own, which this app has not.
        Assert.All(second, static entry => Assert.Equal(entry.Plugin == "edgehost.health", entry.Unavailable is not null));
    }

    [Fact]
    public async Task Capabilities_WhereEveryKeptDescriptionIsBroken_AreTheSame()
    {
        _home.LayOutPlugin("Conformance", []);
        var (first, _) = await DiscoverAsync();
        foreach (var file in Directory.EnumerateFiles(_home.Combine("state", "capabilities"))) await File.WriteAllTextAsync(file, "rubbish");

        var (second, started) = await DiscoverAsync();

        Assert.All(started, plugin => Assert.Equal(PluginState.Active, plugin.State));
        Assert.Equivalent(first, second, strict: true);
    }

    [Fact]
    public async Task Help_OfOneMethod_StartsNoOtherPlugin()
    {
        _home.LayOutPlugin("Conformance", []);
        await using var host = HostProcess.Start(_home.Combine("h.sock"), _home.Path);
        await using var client = await Hosts.ConnectAsync(host);

        var help = await HostProcess.RunAsync(["call", "conformance.measure", "--help", "--endpoint", host.Endpoint], Timeout);

        Assert.Equal(0, help.ExitCode);
        Assert.Contains("data: bytes (--file data=FILE), required", help.Output, StringComparison.Ordinal);
        Assert.Equal(PluginState.Ready, (await PluginsAsync(client)).Single(plugin => plugin.Id == "edgehost.vision").State);
        Assert.Null(await client.FindCapabilityAsync("nobody.has_this"));
    }

    private static async Task<IReadOnlyList<PluginEntry>> PluginsAsync(EdgeHostClient client)
        => (await client.CallAsync<ListPluginsRequest, ListPluginsResponse>(PluginMethods.List, new ListPluginsRequest())).Plugins;

    private async Task<(IReadOnlyList<CapabilityEntry> Capabilities, IReadOnlyList<PluginEntry> Plugins)> DiscoverAsync()
    {
        await using var host = HostProcess.Start(_home.Combine("h.sock"), _home.Path);
        IReadOnlyList<CapabilityEntry> capabilities;
        IReadOnlyList<PluginEntry> plugins;
        await using (var client = await Hosts.ConnectAsync(host))
        {
            capabilities = await client.GetCapabilitiesAsync();
            plugins = await PluginsAsync(client);
        }

        Assert.Equal(0, await host.StopAsync(Timeout));
        return (capabilities, plugins);
    }
}
