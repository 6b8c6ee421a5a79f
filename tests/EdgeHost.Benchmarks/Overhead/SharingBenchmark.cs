using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.TestKit;
using SkiaSharp;

namespace EdgeHost.Benchmarks.Overhead;

/// <summary>Ten clients of one model: how much the host grows from the first to the tenth, over the model's weights.</summary>
internal sealed class SharingBenchmark : IBenchmark
{
    private const int Clients = 10;
    private const int CallsEach = 50;
    private const int WarmUpLines = 300;

    // Small calls until the collector's youngest generation has reached its size: that growth belongs to the process, not to a client.
    private const int WarmUpPhotos = 2000;

    // The three models that text reading uses: detector, direction, recogniser.
    private const double WeightBytes = 4_745_517 + 585_532 + 10_857_958;

    public string Name => "sharing";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Repository.Root, "samples", "Photos");
        var line = CropTitle(await File.ReadAllBytesAsync(Path.Combine(folder, "page.jpg"), cancellationToken));
        var photo = await File.ReadAllBytesAsync(Path.Combine(folder, "astronaut.jpg"), cancellationToken);
        await using var host = await RunningHost.StartAsync(cancellationToken);
        var clients = new List<Client.EdgeHostClient>();
        try
        {
            clients.Add(await host.ConnectAsync("app-1", cancellationToken));
            await WarmUpAsync(clients[0], line, photo, cancellationToken);
            var first = ProcessMemory.ResidentBytes(host.ProcessId);
            Console.WriteLine($" 1 client:  resident {first / 1e6:F1} MB");
            for (var i = 2; i <= Clients; i++)
            {
                clients.Add(await host.ConnectAsync($"app-{i}", cancellationToken));
                for (var call = 0; call < CallsEach; call++) await clients[^1].Vision.RecognizeTextAsync(line, cancellationToken: cancellationToken);
                Console.WriteLine($"{i,2} clients: resident {ProcessMemory.ResidentBytes(host.ProcessId) / 1e6:F1} MB");
            }

            var grown = ProcessMemory.ResidentBytes(host.ProcessId) - first;
            Console.WriteLine($"growth from the first to the tenth {grown / 1e6:F2} MB = {grown / WeightBytes:P1} of the weights (must: at most 5 %)");
            return [new Figure("growth from one client to ten over the weights", 100 * grown / WeightBytes, "%", Bound.AtMost(5))];
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    private static async Task WarmUpAsync(Client.EdgeHostClient client, byte[] line, byte[] photo, CancellationToken cancellationToken)
    {
        for (var call = 0; call < WarmUpLines; call++) await client.Vision.RecognizeTextAsync(line, cancellationToken: cancellationToken);
        for (var call = 0; call < WarmUpPhotos; call++) await client.Vision.DetectFacesAsync(photo, cancellationToken: cancellationToken);

        // The text models were idle meanwhile and gave their buffers back; the first reading has them again, as the others do.
        for (var call = 0; call < CallsEach; call++) await client.Vision.RecognizeTextAsync(line, cancellationToken: cancellationToken);
    }

    // One line of the page: it runs all three models, and its buffers are small beside their weights.
    private static byte[] CropTitle(byte[] page)
    {
        using var whole = SKBitmap.Decode(page);
        using var title = new SKBitmap();
        if (!whole.ExtractSubset(title, new SKRectI(140, 80, 660, 180))) throw new InvalidOperationException("The page has no title to crop.");
        using var encoded = title.Encode(SKEncodedImageFormat.Png, quality: 100);
        return encoded.ToArray();
    }
}
