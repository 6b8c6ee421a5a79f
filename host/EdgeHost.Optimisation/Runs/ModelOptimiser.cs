using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Optimising;
using EdgeHost.Optimisation.Examples;
using EdgeHost.Optimisation.Measuring;

namespace EdgeHost.Optimisation.Runs;

/// <summary>
/// Makes a model smaller and proves on examples that its answers stay good. Where they do not, it finds the layers that cost most, each by itself, and keeps more and more of them as
/// 16-bit floats until they do; a model whose score still falls too much is refused. Not thread-safe; one for each model.
/// </summary>
/// <param name="file">The original's file.</param>
/// <param name="calibration">Examples that ranges are measured on, and layers are judged by.</param>
/// <param name="evaluation">Examples that decide, others than those where possible.</param>
/// <param name="options">What is wanted.</param>
public sealed class ModelOptimiser(
    ReadOnlyMemory<byte> file, IReadOnlyList<ModelExample> calibration, IReadOnlyList<ModelExample> evaluation, OptimiseOptions options)
{
    private const int MostToJudge = 8;
    private IReadOnlyDictionary<string, ValueRange> _ranges = new Dictionary<string, ValueRange>();
    private AnsweredExamples? _answered;

    /// <summary>Does it; takes minutes with many layers, on the calling thread.</summary>
    /// <param name="progress">Told in plain words what is done now.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: no model, no examples, or an option out of its range; <see cref="ErrorCode.FailedPrecondition"/>: the score falls by more than
    /// <see cref="OptimiseOptions.MaxDrop"/>, with the figures.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public OptimiseResult Run(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        if (options.Method == OptimiseMethod.Static)
        {
            progress?.Report($"measuring ranges on {calibration.Count} examples");
            var clean = Clean(out _);
            _ranges = Calibrator.Measure(clean, StaticQuantiser.ValuesToMeasure(clean, options.Quantisation), calibration, options.Percentile, cancellationToken);
        }

        progress?.Report("comparing");
        _answered = AnsweredExamples.Collect(file, evaluation, cancellationToken);
        var (result, comparison) = Try([], cancellationToken);
        var kept = 0;
        List<string> worst = [];
        while (comparison.Drop > options.MaxDrop)
        {
            if (worst.Count == 0)
            {
                progress?.Report("looking for the layers that cost most");
                worst = options.Method is OptimiseMethod.Clean or OptimiseMethod.Float16 ? [] : RankLayers(cancellationToken);
            }

            var most = (int)(worst.Count * options.MaxKeptShare);
            if (kept >= most) throw Refused(comparison, kept, worst.Count);
            kept = Math.Min(most, Math.Max(1, kept * 2));
            progress?.Report($"keeping {kept} of {worst.Count} layers");
            (result, comparison) = Try(worst.Take(kept), cancellationToken);
        }

        progress?.Report("timing");
        return result with
        {
            Kept = [.. worst.Take(kept)],
            Comparison = ModelComparison.Measure(file, result.Model, _answered, options.Score, options.TimedRuns, cancellationToken),
        };
    }

    private (OptimiseResult Result, ModelComparison Comparison) Try(IEnumerable<string> keep, CancellationToken cancellationToken)
    {
        var model = Clean(out var cleaning);
        var weights = Rewrite(model, options.Quantisation with { Keep = options.Quantisation.Keep.Concat(keep).ToHashSet(StringComparer.Ordinal) });
        GraphCleaner.Clean(model);
        var bytes = model.ToBytes();
        var comparison = ModelComparison.Measure(file, bytes, _answered!, options.Score, 0, cancellationToken);
        return (new OptimiseResult { Model = bytes, Cleaning = cleaning, Weights = weights, Kept = [], Comparison = comparison }, comparison);
    }

    private QuantisationReport Rewrite(ModelProto model, QuantisationOptions quantisation) => options.Method switch
    {
        OptimiseMethod.Float16 => Float16Storage.Store(model, quantisation),
        OptimiseMethod.Weights8 => WeightQuantiser.Quantise(model, 8, quantisation),
        OptimiseMethod.Weights4 => WeightQuantiser.Quantise(model, 4, quantisation),
        OptimiseMethod.Dynamic => DynamicQuantiser.Quantise(model, quantisation),
        OptimiseMethod.Static => StaticQuantiser.Quantise(model, _ranges, quantisation),
        _ => default,
    };

    // Errors of several layers add up about as squares do, so what each costs alone is a fair order.
    private List<string> RankLayers(CancellationToken cancellationToken)
    {
        var answered = AnsweredExamples.Collect(file, [.. calibration.Take(MostToJudge)], cancellationToken);
        var layers = WeightLayer.Find(Clean(out _), options.Quantisation).Select(layer => layer.Name).ToArray();
        var costs = new List<(string Name, double Cost)>(layers.Length);
        foreach (var layer in layers)
        {
            var model = Clean(out _);
            Rewrite(model, options.Quantisation with { Keep = layers.Where(name => name != layer).ToHashSet(StringComparer.Ordinal), StoresKeptAsFloat16 = false });
            costs.Add((layer, RelativeError.Measure(answered, model.ToBytes(), cancellationToken)));
        }

        return [.. costs.OrderByDescending(entry => entry.Cost).ThenBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => entry.Name)];
    }

    private ModelProto Clean(out CleaningReport report)
    {
        var model = ModelProto.Parse(file);
        report = GraphCleaner.Clean(model);
        return model;
    }

    private EdgeHostException Refused(ModelComparison comparison, int kept, int layers)
        => new(
            ErrorCode.FailedPrecondition,
            $"The {comparison.Kind.ToString().ToLowerInvariant()} on {comparison.Examples} examples falls from {comparison.Before.Score:P2} to {comparison.After.Score:P2}, by more than "
            + $"{options.MaxDrop:P2}{(kept > 0 ? $", with {kept} of {layers} layers kept as they are" : string.Empty)}. Use a milder method, keep more layers, or allow a larger drop.");
}
