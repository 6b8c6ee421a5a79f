using EdgeHost.Benchmarks.Figures;
using EdgeHost.Optimisation.Examples;
using EdgeHost.Optimisation.Runs;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Benchmarks.Optimising;

/// <summary>
/// What each way of making a model smaller costs, on the recogniser of printed text: size, time of a run on one thread, agreement with the original on lines of pages it was not
/// calibrated on, and the characters that the whole pipeline reads wrong.
/// </summary>
internal sealed class OptimiseBenchmark : IBenchmark
{
    private const string Model = "ocr-rec";

    private static readonly OptimiseMethod[] Methods = [OptimiseMethod.Clean, OptimiseMethod.Float16, OptimiseMethod.Weights8, OptimiseMethod.Weights4, OptimiseMethod.Dynamic, OptimiseMethod.Static];

    public string Name => "optimise";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var real = await RealModels.OpenAsync("Vision");
        using var pages = new PageSet();
        var capture = new CapturingProvider(real.Provider, Model);
        var original = await pages.ReadAsync(capture, cancellationToken);
        Console.WriteLine($"{capture.Examples.Count} lines; the original reads {original:P2} of the characters wrong");
        var (calibration, evaluation) = (Half(capture.Examples, 1), Half(capture.Examples, 0));
        var file = await File.ReadAllBytesAsync((await real.Source.ResolveAsync(Model, cancellationToken)).GraphPath, cancellationToken);
        var figures = new List<Figure> { new($"{Model}: characters read wrong by the original", original * 100, "%") };
        using var folder = new TempFolder();
        foreach (var method in Methods.Where(method => run.Only.Count == 0 || run.Only.Contains(method.ToString(), StringComparer.OrdinalIgnoreCase)))
        {
            foreach (var (name, drop, kept) in new[] { (string.Empty, 1.0, 0.0), (", at most 1 % other answers", 0.01, 0.5) })
            {
                if (drop < 1 && method is not (OptimiseMethod.Weights8 or OptimiseMethod.Static)) continue;
                var options = new OptimiseOptions { Method = method, MaxDrop = drop, MaxKeptShare = kept, TimedRuns = run.Times(80, 4) };
                figures.AddRange(await MeasureAsync(method + name, options));
            }
        }

        return figures;

        async Task<IReadOnlyList<Figure>> MeasureAsync(string name, OptimiseOptions options)
        {
            OptimiseResult result;
            try
            {
                result = new ModelOptimiser(file, calibration, evaluation, options).Run(progress: null, cancellationToken);
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.FailedPrecondition)
            {
                Console.WriteLine($"{name}: {e.Message}");
                return [];
            }

            var path = folder.Combine($"{Guid.NewGuid():N}.onnx");
            await File.WriteAllBytesAsync(path, result.Model, cancellationToken);
            using var replaced = new DirectModelProvider(new ReplacedModelSource(real.Source, Model, path));
            var wrong = await pages.ReadAsync(replaced, cancellationToken);
            var comparison = result.Comparison;
            Console.WriteLine($"{name}: size {comparison.SizeRatio:F3}, time {comparison.TimeRatio:F3}, agreement {comparison.After.Score:P2}, characters wrong {wrong:P2}, {result.Kept.Count} layers kept");
            return
            [
                new($"{Model}, {name}: size over the original", comparison.SizeRatio),
                new($"{Model}, {name}: time of a run over the original", comparison.TimeRatio),
                new($"{Model}, {name}: positions with another answer", comparison.Drop * 100, "%"),
                new($"{Model}, {name}: characters read wrong", wrong * 100, "%"),
            ];
        }
    }

    private static ModelExample[] Half(IReadOnlyList<ModelExample> examples, int which) => [.. examples.Where((_, i) => i % 2 == which)];
}
