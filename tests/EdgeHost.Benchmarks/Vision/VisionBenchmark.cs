using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Objects;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using SkiaSharp;

namespace EdgeHost.Benchmarks.Vision;

/// <summary>
/// Where the time of <c>vision.detect_objects</c> goes for a JPEG of 1920 x 1080: decoding, making the input, running the model with one thread, reading boxes. The default detector comes from npm;
/// <c>yolox-nano</c> only from the shared mirror, without which it is left out.
/// </summary>
internal sealed class VisionBenchmark : IBenchmark
{
    private const string Picture = "testdata/vision/cat-on-rug.jpg";
    private const double MostOutside = 0.25;
    private const int WarmUp = 5;
    private const int Calls = 60;
    private const int UsefulDetail = 1;

    private static readonly Subject[] Subjects =
    [
        new("det-centernet", "Vision:det-", ["tower_0/detections"], static (rows, _, threshold, found) => CenterNetDecoder.Decode(rows, threshold, found)),
        new("yolox-nano", "Vision:yolox-", [], static (rows, form, threshold, found) => YoloxDecoder.Decode(rows, CocoLabels.Names.Count, form.Width, form.Height, threshold, found)),
    ];

    private static readonly string[] Stages = ["decode", "input", "run", "boxes"];

    public string Name => "vision";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        if (Repository.FindShared(Picture) is not { } picture)
        {
            Console.WriteLine("The shared pictures are not on this machine.");
            return [];
        }

        var jpeg = Enlarge(await File.ReadAllBytesAsync(picture, cancellationToken));
        var figures = new List<Figure>();
        foreach (var subject in Subjects)
        {
            if (await RealModels.PullAsync(subject.Models) is { } problem) Console.WriteLine($"{subject.Model} is left out: {problem}");
            else figures.Add(await RunAsync(subject, jpeg, run.Times(Calls), cancellationToken));
        }

        return figures;
    }

    private static async Task<Figure> RunAsync(Subject subject, byte[] jpeg, int calls, CancellationToken cancellationToken)
    {
        using var real = await RealModels.OpenAsync(subject.Models);
        using var lease = await real.Provider.LeaseAsync(subject.Model, cancellationToken);
        var imaging = new ImagingOptions();
        using var pool = new PixelMemoryPool(imaging.RetainedBytes);
        using var decoder = new PictureDecoder(imaging, pool);
        Samples[] times = [new(), new(), new(), new()];
        for (var i = 0; i < WarmUp; i++) await MeasureAsync(subject, decoder, pool, lease, jpeg, [new(), new(), new(), new()], cancellationToken);
        for (var i = 0; i < calls; i++) await MeasureAsync(subject, decoder, pool, lease, jpeg, times, cancellationToken);
        Console.WriteLine(subject.Model);
        for (var stage = 0; stage < Stages.Length; stage++) Console.WriteLine($"   {Stages[stage],-8} {times[stage].Median,8:F2} ms");
        return new Figure($"{subject.Model}, 1920 x 1080 JPEG, share outside of the run", 1 - (times[2].Median / times.Sum(static stage => stage.Median)), Aim: Bound.AtMost(MostOutside));
    }

    private static async Task MeasureAsync(
        Subject subject, PictureDecoder decoder, PixelMemoryPool pool, IModelLease lease, byte[] jpeg, Samples[] times, CancellationToken cancellationToken)
    {
        var family = ObjectFamily.Task.FamilyOf(lease.Model);
        var input = lease.Model.Inputs[0];
        var form = InputForm.Of(lease.Model, input);
        var started = Stopwatch.GetTimestamp();
        using var picture = await decoder.DecodeAsync(jpeg, UsefulDetail * form.Width, cancellationToken);
        var decoded = Stopwatch.GetTimestamp();
        using var value = lease.CreateValue(input.ElementType, form.Shape);
        PictureTensor.Write(picture.Pixels, family.Recipe.With(lease.Model), form, value, pool);
        var written = Stopwatch.GetTimestamp();
        using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue(input.Name, value)], Outputs = subject.Outputs, MayRunOnCallingThread = true }, cancellationToken);
        var ran = Stopwatch.GetTimestamp();
        var candidates = new List<ObjectCandidate>();
        subject.Decode(result[0].AsSpan<float>(), form, family.Threshold, candidates);
        OverlapSuppression.Keep(candidates, family.MaxOverlap, ObjectWish.Default.MaxResults);
        times[0].Add(Stopwatch.GetElapsedTime(started, decoded));
        times[1].Add(Stopwatch.GetElapsedTime(decoded, written));
        times[2].Add(Stopwatch.GetElapsedTime(written, ran));
        times[3].Add(Stopwatch.GetElapsedTime(ran));
    }

    private static byte[] Enlarge(byte[] file)
    {
        using var small = SKBitmap.Decode(file);
        using var large = small.Resize(new SKImageInfo(1920, 1080), new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var data = large.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private delegate void BoxDecoder(ReadOnlySpan<float> rows, InputForm form, float threshold, List<ObjectCandidate> found);

    private sealed record Subject(string Model, string Models, IReadOnlyList<string> Outputs, BoxDecoder Decode);
}
