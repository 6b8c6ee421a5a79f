using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Transport.Peers;
using EdgeHost.Client;
using EdgeHost.TestKit;
using TestPlugins.Transport;

namespace EdgeHost.Benchmarks.Transport.Memory;

/// <summary>How much the host grows by a connection that has said hello, called once and waits.</summary>
internal static class IdleConnections
{
    private const int Connections = 200;
    private const int WarmUpCalls = 2000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public static async Task<Figure> RunAsync(CancellationToken cancellationToken)
    {
        await using var host = await TransportHost.StartAsync(cancellationToken);
        var clients = new List<EdgeHostClient> { await host.ConnectAsync("first", cancellationToken) };
        try
        {
            for (var i = 0; i < WarmUpCalls; i++) await CallAsync(clients[0], cancellationToken);
            await Task.Delay(Settle, cancellationToken);
            var before = ProcessMemory.ResidentBytes(host.ProcessId);
            for (var i = 0; i < Connections; i++)
            {
                clients.Add(await host.ConnectAsync($"app-{i}", cancellationToken));
                await CallAsync(clients[^1], cancellationToken);
            }

            await Task.Delay(Settle, cancellationToken);
            var kib = (ProcessMemory.ResidentBytes(host.ProcessId) - before) / 1024.0 / Connections;
            Console.WriteLine();
            Console.WriteLine($"{Connections} idle connections: {kib:F1} KiB of resident memory each");
            return new Figure("resident memory of the host an idle connection", kib, "KiB", Bound.AtMost(64));
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    private static async Task CallAsync(EdgeHostClient client, CancellationToken cancellationToken)
        => await client.CallAsync<TakeRequest, TakeResponse>("transport.take", new TakeRequest { Payload = new byte[64] }, options: null, cancellationToken);
}
