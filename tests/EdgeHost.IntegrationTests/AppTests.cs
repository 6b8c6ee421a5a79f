using System.Text.Json;
using EdgeHost.Capabilities.Plugins;
using EdgeHost.Client;
using EdgeHost.Security.Policy;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Grants, limits and their record on the real host.</summary>
public sealed class AppTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Grants_ChangedByTheCommandLine_HoldForConnectionsThatAreOpen()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "camera");
        await ListAsync(client);

        await VerbAsync(host, "apps", "grant", "camera", "vision.*");
        var denied = await UntilFailsAsync(() => ListAsync(client));
        await VerbAsync(host, "apps", "grant", "camera", "plugins.list");
        await UntilAsync(async () => await CodeOfAsync(() => ListAsync(client)) is null);

        Assert.Equal(ErrorCode.PermissionDenied, denied.Code);
        Assert.Contains("edgehost apps grant camera plugins.list", denied.Message, StringComparison.Ordinal);
        var capabilities = await client.GetCapabilitiesAsync();
        Assert.NotNull(capabilities.Single(capability => capability.Method == "models.list").Unavailable);
        await UntilAsync(async () => (await AuditAsync()).Any(entry => entry.Event == "denied" && entry.App == "camera"));
        Assert.Contains(await AuditAsync(), entry => entry.Event == "rule_added" && entry.App == "camera");
        Assert.Contains("camera", (await VerbAsync(host, "apps", "usage", "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OfARegisteredApp_IsAskedFor()
    {
        var token = AppToken.Create();
        await ConfigureAsync("""{"Apps":{"Rules":{"diary":{"TokenHash":"HASH"}}}}""".Replace("HASH", AppToken.Hash(token), StringComparison.Ordinal));
        await using var host = Start();
        await using var other = await Hosts.ConnectAsync(host);

        Assert.Equal(ErrorCode.Unauthenticated, (await Assert.ThrowsAsync<EdgeHostException>(() => ConnectAsync(host, token: null))).Code);
        Assert.Equal(ErrorCode.Unauthenticated, (await Assert.ThrowsAsync<EdgeHostException>(() => ConnectAsync(host, token: "wrong"))).Code);
        await using var client = await ConnectAsync(host, token);
        await ListAsync(client);
    }

    [Fact]
    public async Task Limits_Reached_SayWhenToTryAgain()
    {
        await ConfigureAsync("""{"Apps":{"Rules":{"busy":{"CallsPerSecond":0.01,"Burst":2,"MaxPriority":"Background"}}}}""");
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "busy");

        var quota = await client.GetQuotaAsync();
        await ListAsync(client);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => ListAsync(client));

        Assert.Equal(("busy", "background", 1), (quota.App, quota.MaxPriority, quota.CallsLeft));
        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.InRange(error.RetryAfter!.Value.TotalSeconds, 1, 100);
    }

    [Fact]
    public async Task Rules_BrokenWhileRunning_StayAsTheyWere()
    {
        await ConfigureAsync("""{"Apps":{"Rules":{"camera":{"Grants":["plugins.*"]}}}}""");
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "camera");

        await ConfigureAsync("""{"Apps":{"Rules":{"camera":{"Grant":["*"]}}}}""");
        await UntilAsync(async () => (await AuditAsync()).Any(entry => entry.Event == "policy_kept"));

        await ListAsync(client);
        Assert.Equal(ErrorCode.PermissionDenied, await CodeOfAsync(async () => (await client.CallAsync("models.list", default)).Dispose()));

        // The log is written by a thread of its own.
        await UntilAsync(() => Task.FromResult(host.Output.Contains("Grant", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Usage_OfApps_SurvivesARestart()
    {
        await using (var host = Start())
        {
            await using var client = await Hosts.ConnectAsync(host, "counted");
            for (var i = 0; i < 3; i++) await ListAsync(client);
            Assert.Equal(0, await host.StopAsync(Timeout));
        }

        await using (var host = Start())
        {
            await using var client = await Hosts.ConnectAsync(host, "counted");
            await ListAsync(client);
            Assert.Equal(4, await CallsAsync(host));
            host.Kill();
            await host.WaitForExitAsync(Timeout);
        }

        await File.WriteAllTextAsync(_home.Combine("state", "usage.json"), "{\"apps\":[{");
        await using var last = Start();
        await using var other = await Hosts.ConnectAsync(last, "counted");
        await ListAsync(other);
        Assert.Equal(1, await CallsAsync(last));
        Assert.Contains("counting begins anew", last.Output, StringComparison.Ordinal);
    }

    private async Task<long> CallsAsync(HostProcess host)
    {
        var usage = await VerbAsync(host, "apps", "usage", "counted", "--json");
        return JsonDocument.Parse(usage.Output).RootElement.GetProperty("apps")[0].GetProperty("calls").GetInt64();
    }

    private HostProcess Start() => HostProcess.Start(_home.Combine("h.sock"), _home.Path);

    private Task ConfigureAsync(string json) => File.WriteAllTextAsync(_home.Combine("edgehost.json"), json);

    private static async Task ListAsync(EdgeHostClient client) => await client.CallAsync<ListPluginsRequest, ListPluginsResponse>(PluginMethods.List, new ListPluginsRequest());

    private static async Task<EdgeHostClient> ConnectAsync(HostProcess host, string? token)
        => await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = host.Endpoint, AppName = "diary", Token = token });

    private async Task<CommandResult> VerbAsync(HostProcess host, params string[] arguments)
    {
        var result = await HostProcess.RunAsync([.. arguments, "--home", _home.Path, "--endpoint", host.Endpoint], Timeout);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private async Task<List<(string Event, string? App)>> AuditAsync()
    {
        var path = _home.Combine("audit", "audit.jsonl");
        if (!File.Exists(path)) return [];
        return [.. (await File.ReadAllLinesAsync(path)).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(entry => (entry.GetProperty("event").GetString()!, entry.TryGetProperty("app", out var app) ? app.GetString() : null))];
    }

    private static async Task<ErrorCode?> CodeOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (EdgeHostException e)
        {
            return e.Code;
        }
    }

    private static async Task<EdgeHostException> UntilFailsAsync(Func<Task> call)
    {
        EdgeHostException? error = null;
        await UntilAsync(async () =>
        {
            try
            {
                await call();
                return false;
            }
            catch (EdgeHostException e)
            {
                error = e;
                return true;
            }
        });
        return error!;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (!await holds()) await Task.Delay(Poll, deadline.Token);
    }
}
