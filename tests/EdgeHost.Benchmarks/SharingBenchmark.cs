using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks;

/// <summary>Ten clients of one model: how much the host grows from the first to the tenth, over the model's weights.</summary>
internal sealed class SharingBenchmark : IBenchmark
{
    private const int Clients = 10;
    private const int CallsEach = 10;

    // ocr-rec, the largest model that text reading uses: the growth is held against its weights.
    private const double WeightBytes = 10_857_958;

    public string Name => "sharing";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Repository.Root, "samples", "Photos");
        var page = await File.ReadAllBytesAsync(Directory.EnumerateFiles(folder, "*page*").First(), cancellationToken);
        await using var host = await RunningHost.StartAsync(cancellationToken);
        var clients = new List<Client.EdgeHostClient>();
        try
        {
            long first = 0;
            for (var i = 1; i <= Clients; i++)
            {
                clients.Add(await host.ConnectAsync($"app-{i}", cancellationToken));

                // The first client also warms the run-time buffers up, which the model keeps whoever calls.
                for (var call = 0; call < (i == 1 ? 3 * CallsEach : CallsEach); call++) await clients[^1].Vision.RecognizeTextAsync(page, cancellationToken: cancellationToken);
                var resident = ProcessMemory.ResidentBytes(host.ProcessId);
                if (i == 1) first = resident;
                Console.WriteLine($"{i,2} clients: resident {resident / 1e6:F1} MB");
            }

            var grown = ProcessMemory.ResidentBytes(host.ProcessId) - first;
            Console.WriteLine($"growth from the first to the tenth {grown / 1e6:F2} MB = {grown / WeightBytes:P1} of the weights (must: at most 5 %)");
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }
}
