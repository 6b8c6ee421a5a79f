using EdgeHost.Benchmarks.Figures;
using EdgeHost.Optimisation.Measuring;
using EdgeHost.Optimisation.Runs;
using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks.Optimising;

/// <summary>
/// What smaller forms of the face detector cost: size, time of a run on one thread, closeness of its outputs, and which of the faces that the original finds are found again, on windows of photos
/// that ranges were not measured on.
/// </summary>
internal sealed class OptimiseFacesBenchmark : IBenchmark
{
    private const string Model = FaceDetector.FarModelId;
    private static readonly OptimiseMethod[] Methods = [OptimiseMethod.Float16, OptimiseMethod.Weights8, OptimiseMethod.Dynamic, OptimiseMethod.Static];

    public string Name => "optimise-faces";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var real = await RealModels.OpenAsync("Vision");
        using var others = new FaceSet(60, seed: 1);
        using var pictures = new FaceSet(60, seed: 2);
        var (calibration, evaluation) = (new CapturingProvider(real.Provider, Model), new CapturingProvider(real.Provider, Model));
        await others.DetectAsync(calibration, cancellationToken);
        var before = await pictures.DetectAsync(evaluation, cancellationToken);
        Console.WriteLine($"{before.Sum(static faces => faces.Count)} faces in {before.Count} pictures");
        var file = await File.ReadAllBytesAsync((await real.Source.ResolveAsync(Model, cancellationToken)).GraphPath, cancellationToken);
        var figures = new List<Figure> { new($"{Model}: faces found by the original", before.Sum(static faces => faces.Count)) };
        using var folder = new TempFolder();
        foreach (var method in Methods.Where(method => run.Only.Count == 0 || run.Only.Contains(method.ToString(), StringComparer.OrdinalIgnoreCase)))
        {
            // The whole model in 8 bits, and what keeps its outputs closer.
            foreach (var drop in method == OptimiseMethod.Static ? new[] { 1, 0.15 } : [1.0])
            {
                var options = new OptimiseOptions { Method = method, Score = ScoreKind.Closeness, MaxDrop = drop, TimedRuns = run.Times(60, 4) };
                figures.AddRange(await MeasureAsync(drop < 1 ? $"{method}, closer" : $"{method}", options));
            }
        }

        return figures;

        async Task<IReadOnlyList<Figure>> MeasureAsync(string name, OptimiseOptions options)
        {
            OptimiseResult result;
            try
            {
                result = new ModelOptimiser(file, calibration.Examples, evaluation.Examples, options).Run(progress: null, cancellationToken);
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.FailedPrecondition)
            {
                Console.WriteLine($"{name}: {e.Message}");
                return [];
            }

            var path = folder.Combine($"{Guid.NewGuid():N}.onnx");
            await File.WriteAllBytesAsync(path, result.Model, cancellationToken);
            using var replaced = new DirectModelProvider(new ReplacedModelSource(real.Source, Model, path));
            var (recall, besides, overlap) = FaceSet.Compare(before, await pictures.DetectAsync(replaced, cancellationToken));
            var comparison = result.Comparison;
            Console.WriteLine($"{name}: size {comparison.SizeRatio:F3}, time {comparison.TimeRatio:F3}, closeness {comparison.After.Score:P2}, found again {recall:P2}, besides {besides:P2}, overlap {overlap:P2}, {result.Kept.Count} layers kept");
            return
            [
                new($"{Model}, {name}: size over the original", comparison.SizeRatio),
                new($"{Model}, {name}: time of a run over the original", comparison.TimeRatio),
                new($"{Model}, {name}: closeness of outputs", comparison.After.Score * 100, "%"),
                new($"{Model}, {name}: faces found again", recall * 100, "%"),
                new($"{Model}, {name}: found besides, of those", besides * 100, "%"),
                new($"{Model}, {name}: shared area of boxes", overlap * 100, "%"),
            ];
        }
    }
}
