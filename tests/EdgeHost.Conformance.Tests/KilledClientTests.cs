using System.Text.Json.Nodes;
using EdgeHost.Client;
using EdgeHost.Conformance.Tests.Clients;

namespace EdgeHost.Conformance.Tests;

/// <summary>A client's process is killed while the host uses memory that it shares: its calls end and the memory goes back.</summary>
public class KilledClientTests(ConformanceHost host) : IClassFixture<ConformanceHost>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    [LanguageFact("python")]
    public Task Python_KilledWhileItsRegionIsInUse_LeavesNothing() => KillAsync(ClientLaunch.StartPython);

    [LanguageFact("node")]
    public async Task Node_KilledWhileItsRegionIsInUse_LeavesNothing()
    {
        await Tools.EnsureNodePackagesAsync();
        await KillAsync(ClientLaunch.StartNode);
    }

    private async Task KillAsync(Func<IClientUnderTest> start)
    {
        var endpoint = await host.EndpointAsync();
        if (host.ProcessId is not { } processId || !OperatingSystem.IsLinux()) return;
        await using var watch = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = endpoint, AppName = "watch" });
        using var timeout = new CancellationTokenSource(Timeout);
        var client = start();
        await using (client)
        {
            await client.SendAsync(new JsonObject { ["do"] = "connect", ["as"] = "c", ["endpoint"] = endpoint, ["app"] = "killed" }, timeout.Token);
            await client.NextEventAsync("c", timeout.Token);
            await client.SendAsync(Call("measured", "conformance.measure"), timeout.Token);
            Assert.Equal("result", (await client.NextEventAsync("measured", timeout.Token))["event"]!.GetValue<string>());
            for (var i = 0; i < 3; i++) await client.SendAsync(Call($"waits{i}", "conformance.wait"), timeout.Token);
            await UntilAsync(async () => (await watch.Diagnostics.StatsAsync()).ActiveCalls == 3, timeout.Token);
            Assert.True(Held(processId) > 0);
        }

        // Leaving the block killed the process.
        await UntilAsync(async () => (await watch.Diagnostics.StatsAsync()).ActiveCalls == 0 && Held(processId) == 0, timeout.Token);
        await watch.PingAsync();
    }

    private static JsonObject Call(string name, string method) => new()
    {
        ["do"] = "call",
        ["as"] = name,
        ["on"] = "c",
        ["method"] = method,
        ["body"] = new JsonObject { ["data"] = new JsonObject { ["$bin_repeat"] = new JsonArray("5a", 2_000_000) } },
    };

    // Files and mappings of shared memory that the host holds.
    private static int Held(int processId)
        => Directory.EnumerateFiles($"/proc/{processId}/fd").Count(path => new FileInfo(path).LinkTarget?.Contains("edgehost-region", StringComparison.Ordinal) == true)
            + File.ReadLines($"/proc/{processId}/maps").Count(line => line.Contains("edgehost-region", StringComparison.Ordinal));

    private static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancellationToken)
    {
        while (!await holds()) await Task.Delay(Poll, cancellationToken);
    }
}
