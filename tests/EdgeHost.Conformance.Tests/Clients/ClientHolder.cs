using System.Text.Json.Nodes;
using EdgeHost.Conformance.Tests.Cases;

namespace EdgeHost.Conformance.Tests.Clients;

/// <summary>Plays client cases against one client, which is started by the first of them and lives as long as the tests of a class.</summary>
public sealed class ClientHolder : IAsyncLifetime
{
    private static readonly TimeSpan ResetTimeout = TimeSpan.FromSeconds(60);
    private IClientUnderTest? _client;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
    }

    internal async Task PlayAsync(string name, Func<IClientUnderTest> start)
    {
        _client ??= start();
        using var timeout = new CancellationTokenSource(ResetTimeout);
        try
        {
            await _client.SendAsync(new JsonObject { ["do"] = "reset" }, timeout.Token);
            await _client.NextEventAsync("reset", timeout.Token);
        }
        catch (Exception e)
        {
            Assert.Fail($"The client did not start or forget the case before: {e.Message}\n{_client.Evidence}");
        }

        using var run = new ClientCaseRun(_client);
        await run.PlayAsync(ConformanceCase.Read("client", name));
    }
}
