using System.Diagnostics;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks;

/// <summary>
/// What the host costs: <c>vision.detect_faces</c> through the socket against the same decoding, model and decoding of results called in this
/// process. One call of each in turn, so that a drift of the machine meets both.
/// </summary>
internal sealed class OverheadBenchmark : IBenchmark
{
    private const int WarmUp = 30;
    private const int Calls = 300;

    public string Name => "overhead";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var photo = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "samples", "Photos", "astronaut.jpg"), cancellationToken);
        using var real = await RealModels.OpenAsync("Vision");
        var models = real.Provider;
        var imaging = new ImagingOptions();
        var pixels = new PixelMemoryPool(imaging.RetainedBytes);
        using var decoder = new PictureDecoder(imaging, pixels);
        var detector = new FaceDetector(decoder, new FaceOptions(), pixels);
        await using var host = await RunningHost.StartAsync(cancellationToken);
        await using var client = await host.ConnectAsync("overhead", cancellationToken);

        var direct = new Samples();
        var through = new Samples();
        for (var i = 0; i < WarmUp + Calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var expected = await detector.DetectAsync(photo, FaceRange.Auto, minConfidence: null, models, cancellationToken);
            var directTime = Stopwatch.GetElapsedTime(started);

            started = Stopwatch.GetTimestamp();
            var actual = await client.Vision.DetectFacesAsync(photo, cancellationToken: cancellationToken);
            var throughTime = Stopwatch.GetElapsedTime(started);

            if (actual.Faces.Count != expected.Faces.Count) throw new InvalidOperationException("The two ways disagree.");
            if (i < WarmUp) continue;
            direct.Add(directTime);
            through.Add(throughTime);
        }

        Console.WriteLine($"picture {photo.Length / 1024} KiB, {Calls} calls each, interleaved");
        Console.WriteLine($"in process   p50 {direct.Median,7:F2} ms   p95 {direct.Percentile(0.95),7:F2} ms");
        Console.WriteLine($"through host p50 {through.Median,7:F2} ms   p95 {through.Percentile(0.95),7:F2} ms");
        Console.WriteLine($"ratio p50 {through.Median / direct.Median:F3}, difference {(through.Median - direct.Median) * 1000:F0} us (must: at most 1.05, or 200 us if that is more)");
    }
}
