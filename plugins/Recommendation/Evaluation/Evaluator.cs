using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Training;

namespace EdgeHost.Plugins.Recommendation.Evaluation;

/// <summary>
/// Measures what a catalogue's models would have recommended: a part of each user's items is held out; models are searched, blended and built of the rest as a build does it, so that nothing of what
/// they are measured on was seen; and each kind is measured alone. Thread-safe.
/// </summary>
internal sealed class Evaluator(PolicyEvaluator policies, TimeProvider time)
{
    private const double DefaultShare = 0.25;
    private const int DefaultCount = 10;
    private const string DefaultHoldOut = "newest";

    /// <summary>Measures.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the request is wrong; <see cref="ErrorCode.FailedPrecondition"/>: nothing can be held out.</exception>
    public async ValueTask<EvaluateResponse> EvaluateAsync(OpenCatalog catalog, EvaluateRequest request, CancellationToken cancellationToken)
    {
        if (!RecommendationOptions.ValidationNames.TryGetValue(request.HoldOut ?? DefaultHoldOut, out var kind))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'hold_out' is '{request.HoldOut}'; it may be {string.Join(", ", RecommendationOptions.ValidationNames.Keys.Order(StringComparer.Ordinal))}.");
        }

        var kinds = request.Models?.Select(ModelNames.Parse).ToHashSet();
        var source = await catalog.Turn.RunAsync(
            (_, contents) => BuildSource.Of(contents, version: 0), cancellationToken).ConfigureAwait(false);
        var holdOut = new HoldOut(kind, request.Share ?? DefaultShare, (ulong)(request.Seed ?? 1));
        var (snapshot, _) = await source.ReadAsync(catalog.Turn, catalog.Options, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
        var training = catalog.Options.Training with { Networks = catalog.Host.Networks };
        var measured = await Task.Run(() => MeasureAsync(snapshot, training, holdOut, request.Count ?? DefaultCount, kinds, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new EvaluateResponse
        {
            Figures = measured.Figures, Users = measured.Users, HeldOut = measured.HeldOut, Policy = await policies.EstimateAsync(catalog, cancellationToken).ConfigureAwait(false),
        };
    }

    private static async Task<(IReadOnlyList<ModelFigures> Figures, int Users, long HeldOut)> MeasureAsync(
        Snapshot snapshot, TrainingOptions training, HoldOut holdOut, int count, HashSet<ScorerKind>? kinds, CancellationToken cancellationToken)
    {
        var split = holdOut.Apply(snapshot);
        if (split.UserCount == 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, "Nothing can be held out: at least one user needs two items or more. Record more events first.");
        var whole = await CatalogueTrainer.TrainAsync(split.Train, training, cancellationToken: cancellationToken).ConfigureAwait(false);
        var figures = new List<ModelFigures> { BuildFigures.Of("blend", RankingEvaluator.Evaluate(whole.Model.Scorer, split, count, cancellationToken), null) };
        foreach (var model in whole.Models)
        {
            if (kinds?.Contains(model.Kind) == false) continue;
            var alone = (await CatalogueTrainer.TrainAsync(split.Train, training with { Kinds = [model.Kind] }, cancellationToken: cancellationToken).ConfigureAwait(false)).Model;
            figures.Add(BuildFigures.Of(ModelNames.Of(model.Kind), RankingEvaluator.Evaluate(alone.Scorer, split, count, cancellationToken), model.Weights is [.., > 0 and var weight] ? weight : null));
        }

        return (figures, split.UserCount, split.Relevant.Sum(static items => (long)items.Length));
    }
}
