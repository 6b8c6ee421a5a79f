using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks.Overhead;

/// <summary>
/// What the host costs: <c>vision.detect_faces</c> through the socket against the same decoding, model and decoding of results called in this
/// process. The two take turns, so that a drift of the machine meets both: in rounds, as an app calls that works, and call by call, where each call
/// finds sleeping threads and cold caches.
/// </summary>
internal sealed class OverheadBenchmark : IBenchmark
{
    private const int WarmUp = 150;
    private const int Rounds = 20;
    private const int CallsARound = 20;

    public string Name => "overhead";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var real = await RealModels.OpenAsync("Vision");
        var imaging = new ImagingOptions();
        var pixels = new PixelMemoryPool(imaging.RetainedBytes);
        using var decoder = new PictureDecoder(imaging, pixels);
        var detector = new FaceDetector(decoder, new FaceOptions(), pixels);
        await using var host = await RunningHost.StartAsync(cancellationToken);
        await using var client = await host.ConnectAsync("overhead", cancellationToken);
        var figures = new List<Figure>();
        foreach (var picture in (string[])["astronaut.jpg", "prints.jpg", "page.jpg"])
        {
            var photo = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples", "Photos", picture), cancellationToken);
            var expected = await detector.DetectAsync(photo, FaceRange.Auto, minConfidence: null, real.Provider, cancellationToken);
            var actual = await client.Vision.DetectFacesAsync(photo, cancellationToken: cancellationToken);
            if (actual.Faces.Count != expected.Faces.Count) throw new InvalidOperationException("The two ways disagree.");

            Func<Task> direct = async () => await detector.DetectAsync(photo, FaceRange.Auto, minConfidence: null, real.Provider, cancellationToken);
            Func<Task> through = async () => await client.Vision.DetectFacesAsync(photo, cancellationToken: cancellationToken);
            await CompareAsync(WarmUp, 1, direct, through);

            Console.WriteLine($"{picture}, {actual.Width} x {actual.Height}, {photo.Length / 1024} KiB, {Rounds * CallsARound} calls each");
            var steady = await CompareAsync(run.Times(Rounds), CallsARound, direct, through);
            Print($"steady, {Rounds} rounds of {CallsARound} calls in turn", steady);
            var cold = await CompareAsync(run.Times(Rounds * CallsARound), 1, direct, through);
            Print("cold, one call of each in turn", cold);
            figures.Add(new Figure($"{actual.Width} x {actual.Height}, steady, p50 over direct", Ratio(steady), Must: Bound.AtMost(1.05)));
            figures.Add(new Figure($"{actual.Width} x {actual.Height}, cold, p50 over direct", Ratio(cold)));
        }

        Console.WriteLine("must, steady: ratio at most 1.05, or 200 us if that is more");
        return figures;
    }

    private static async Task<(Samples Direct, Samples Through)> CompareAsync(int rounds, int calls, Func<Task> direct, Func<Task> through)
    {
        var (first, second) = (new Samples(), new Samples());
        for (var round = 0; round < rounds; round++)
        {
            await MeasureAsync(first, calls, direct);
            await MeasureAsync(second, calls, through);
        }

        return (first, second);
    }

    private static async Task MeasureAsync(Samples samples, int calls, Func<Task> call)
    {
        for (var i = 0; i < calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call();
            samples.Add(Stopwatch.GetElapsedTime(started));
        }
    }

    private static double Ratio((Samples Direct, Samples Through) measured) => measured.Through.Median / measured.Direct.Median;

    private static void Print(string title, (Samples Direct, Samples Through) measured)
    {
        var (direct, through) = measured;
        Console.WriteLine($"{title}:");
        Console.WriteLine($"  in process   p50 {direct.Median,7:F2} ms   p95 {direct.Percentile(0.95),7:F2} ms");
        Console.WriteLine($"  through host p50 {through.Median,7:F2} ms   p95 {through.Percentile(0.95),7:F2} ms");
        Console.WriteLine($"  ratio p50 {Ratio(measured):F3}, difference {(through.Median - direct.Median) * 1000:F0} us");
    }
}
