using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Client;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks.Vision;

/// <summary>
/// Many pictures through a host, several calls in flight beside one after the other: decoding and preparing of one picture may go on while the model runs on another. Throughput and the host's time of the processor
/// are given as ratios. The networks take one picture a run, so that fuller runs are no part of it.
/// </summary>
internal sealed class ManyPicturesBenchmark : IBenchmark
{
    private const string Folder = "testdata/vision";
    private const string Model = "det-centernet";
    private const int InFlight = 4;
    private const int Rounds = 6;
    private static readonly string[] Names = ["porch-dog-bicycle.jpg", "two-dogs.jpg", "cat-on-rug.jpg", "hot-dog.jpg", "coffee-cup.jpg", "sunflower.jpg", "mountain-valley.jpg", "astronaut.jpg"];

    public string Name => "many-pictures";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        if (Names.Any(static name => Repository.FindShared($"{Folder}/{name}") is null))
        {
            Console.WriteLine("The shared pictures are not on this machine.");
            return [];
        }

        if (await RealModels.PullAsync("Vision") is { } problem)
        {
            Console.WriteLine($"The models cannot be had: {problem}");
            return [];
        }

        var pictures = new List<byte[]>();
        foreach (var name in Names) pictures.Add(await File.ReadAllBytesAsync(Repository.FindShared($"{Folder}/{name}")!, cancellationToken));
        await using var host = await RunningHost.StartAsync(cancellationToken);
        await using var client = await host.ConnectAsync("album", cancellationToken);
        await MeasureAsync(host, client, pictures, InFlight, cancellationToken);

        // In turn, so that what else the machine does falls on both.
        var (single, many) = (new Totals(), new Totals());
        for (var round = 0; round < run.Times(Rounds); round++)
        {
            single.Add(await MeasureAsync(host, client, pictures, 1, cancellationToken));
            many.Add(await MeasureAsync(host, client, pictures, InFlight, cancellationToken));
        }

        Console.WriteLine($"one by one {single.PicturesPerSecond:F1} pictures/s, {1000 * single.ProcessorSecondsEach:F0} ms of processor each; {InFlight} in flight {many.PicturesPerSecond:F1} pictures/s, {1000 * many.ProcessorSecondsEach:F0} ms");
        return
        [
            new Figure($"{Model}, {InFlight} calls in flight, throughput over one by one", many.PicturesPerSecond / single.PicturesPerSecond, Aim: Bound.AtLeast(1)),
            new Figure($"{Model}, {InFlight} calls in flight, processor time over one by one", many.ProcessorSecondsEach / single.ProcessorSecondsEach, Aim: Bound.AtMost(1.1)),
        ];
    }

    private static async Task<(int Pictures, double Seconds, double ProcessorSeconds)> MeasureAsync(
        RunningHost host, EdgeHostClient client, List<byte[]> pictures, int inFlight, CancellationToken cancellationToken)
    {
        var (started, processor) = (Stopwatch.GetTimestamp(), host.ProcessorSeconds);
        await Parallel.ForEachAsync(
            pictures,
            new ParallelOptions { MaxDegreeOfParallelism = inFlight, CancellationToken = cancellationToken },
            async (picture, token) => await client.Vision.DetectObjectsAsync(new DetectObjectsRequest { Image = picture, Model = Model }, cancellationToken: token));
        return (pictures.Count, Stopwatch.GetElapsedTime(started).TotalSeconds, host.ProcessorSeconds - processor);
    }

    private sealed class Totals
    {
        private int _pictures;
        private double _seconds;
        private double _processorSeconds;

        public double PicturesPerSecond => _pictures / _seconds;

        public double ProcessorSecondsEach => _processorSeconds / _pictures;

        public void Add((int Pictures, double Seconds, double ProcessorSeconds) measured)
        {
            _pictures += measured.Pictures;
            _seconds += measured.Seconds;
            _processorSeconds += measured.ProcessorSeconds;
        }
    }
}
