using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Blending;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>
/// Builds the model of a catalogue: holds a part of the snapshot out, searches each kind's options on the rest, fits a blend, takes it where it is at least as good as its best member, and
/// builds what was chosen on the whole snapshot. The same snapshot, options and machine give the same bits.
/// </summary>
public static class CatalogueTrainer
{
    /// <summary>What a member with little to say of a user gets, so that a list is never in the order of ids.</summary>
    private const double FallbackWeight = 0.001;

    // A matrix must fit into one array.
    private const int MostLinearItems = 40_000;

    /// <summary>What kinds weigh where nothing can be compared.</summary>
    private static readonly Dictionary<ScorerKind, double> PriorWeights = new()
    {
        [ScorerKind.Popularity] = 0.2,
        [ScorerKind.ItemToItem] = 0.2,
        [ScorerKind.Linear] = 0.3,
        [ScorerKind.Content] = 0.4,
        [ScorerKind.Sequence] = 0.2,
    };

    /// <summary>Builds. Takes from milliseconds to minutes, on the calling thread but for what <see cref="TrainingOptions.Networks"/> trains.</summary>
    /// <param name="snapshot">The items and what users did.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Hears of each stage, on the thread that builds.</param>
    /// <param name="cancellationToken">Ends it within about a second.</param>
    /// <exception cref="EdgeHostException">There are no items (<see cref="ErrorCode.FailedPrecondition"/>).</exception>
    public static async Task<TrainingResult> TrainAsync(
        Snapshot snapshot, TrainingOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new TrainingOptions();
        if (options.MaxLinearItems is < 1 or > MostLinearItems || options.MaxSearchLinearItems is < 1 or > MostLinearItems)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The items of the linear model must be from 1 to {MostLinearItems}.");
        }

        if (options.MaxSearchItems < 1) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The search must be on at least one item; it is said to be on {options.MaxSearchItems}.");
        if (snapshot.Catalogue.Count == 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, "The catalogue has no items. Put items in first.");
        var families = ModelFamilies.For(snapshot, options);
        if (families.Count == 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, "None of the wanted kinds of models can be built of this catalogue. Allow popularity.");
        var search = new ModelSearch(snapshot, options, cancellationToken);
        var built = search.CanCompare ? CompareAsync(snapshot, families, search, options, progress, cancellationToken) : TakeAsync(snapshot, families, progress, cancellationToken);
        return await built.ConfigureAwait(false);
    }

    private static async Task<TrainingResult> CompareAsync(
        Snapshot snapshot, IReadOnlyList<ModelFamily> families, ModelSearch search, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var stages = (2.0 * families.Count) + 1;
        var found = new List<ModelFamily.Candidate>(families.Count);
        var leftOut = new List<LeftOutModel>();
        for (var i = 0; i < families.Count; i++)
        {
            progress?.Report(new TrainingProgress($"searching {families[i].Kind}", i / stages));
            try
            {
                found.Add(await families[i].SearchAsync(search).ConfigureAwait(false));
            }
            catch (EdgeHostException e) when (families[i].Kind == ScorerKind.Towers && families.Count > 1)
            {
                // Whoever trains networks cannot, or not now; the others can be built all the same.
                leftOut.Add(new LeftOutModel(families[i].Kind, e.Message));
            }
        }

        var candidates = found.ToArray();
        var metrics = Array.ConvertAll(candidates, candidate => search.Measure(candidate.Scorer!));
        progress?.Report(new TrainingProgress("fitting the blend", families.Count / stages));
        var best = Enumerable.Range(0, candidates.Length).MaxBy(i => metrics[i].NDcg);
        var segments = new BlendFitter(search, [.. candidates.Select(static candidate => candidate.Scorer!)], options).Fit();
        var blend = new BlendScorer([.. candidates.Select(static candidate => candidate.Scorer!)], segments);
        var blended = search.Measure(blend);
        if (blended.NDcg < metrics[best].NDcg)
        {
            // The blend of long histories gives way to the best single kind; short ones keep their weights.
            var single = new double[candidates.Length];
            single[best] = 1;
            segments = [.. segments.SkipLast(1), segments[^1] with { Weights = single }];
            blended = metrics[best];
        }

        var chosen = segments[^1].Weights.Count(static weight => weight > 0) == 1 ? candidates[best].Kind : ScorerKind.Blend;
        var parts = await BuildAsync(snapshot, candidates, segments, options.KeepUnused, (stage, i) => progress?.Report(new TrainingProgress(stage, (families.Count + 1 + i) / stages)), cancellationToken).ConfigureAwait(false);
        progress?.Report(new TrainingProgress("done", 1));
        return new TrainingResult(
            new RecommendationModel(snapshot.Catalogue, parts, snapshot.Ratings),
            chosen,
            blended,
            [.. segments.Select(static segment => segment.MostItems)],
            [.. candidates.Select((candidate, i) => new ModelReport(candidate.Kind, candidate.Options, candidate.Trials, metrics[i], [.. segments.Select(segment => segment.Weights[i])]))])
        {
            SearchedItems = search.Split.Train.Catalogue.Count,
            SearchedInteractions = search.Split.Train.InteractionCount + search.HeldOut,
            LeftOut = leftOut,
        };
    }

    private static async Task<TrainingResult> TakeAsync(Snapshot snapshot, IReadOnlyList<ModelFamily> families, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var known = families.Where(static family => PriorWeights.ContainsKey(family.Kind)).ToArray();
        var candidates = (known.Length > 0 ? known : families).Select(static family => family.Default()).ToArray();
        BlendSegment[] segments = [new(int.MaxValue, [.. candidates.Select(static candidate => PriorWeights.GetValueOrDefault(candidate.Kind, 1))])];
        var scorer = await BuildAsync(snapshot, candidates, segments, keepUnused: false, (stage, i) => progress?.Report(new TrainingProgress(stage, i / (double)candidates.Length)), cancellationToken).ConfigureAwait(false);
        progress?.Report(new TrainingProgress("done", 1));
        return new TrainingResult(
            new RecommendationModel(snapshot.Catalogue, scorer, snapshot.Ratings),
            ScorerKind.Blend,
            null,
            [int.MaxValue],
            [.. candidates.Select((candidate, i) => new ModelReport(candidate.Kind, candidate.Options, 0, null, [segments[0].Weights[i]]))]);
    }

    private static async Task<BlendScorer> BuildAsync(
        Snapshot snapshot, ModelFamily.Candidate[] candidates, IReadOnlyList<BlendSegment> segments, bool keepUnused, Action<string, int> report, CancellationToken cancellationToken)
    {
        var used = Enumerable.Range(0, candidates.Length)
            .Where(i => keepUnused || candidates[i].Kind == ScorerKind.Popularity || segments.Any(segment => segment.Weights[i] > 0)).ToArray();
        var members = new ItemScorer[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            report($"building {candidates[used[i]].Kind}", used[i]);
            members[i] = await candidates[used[i]].BuildAsync(snapshot, cancellationToken).ConfigureAwait(false);
        }

        return new BlendScorer(members, [.. segments.Select(segment => segment with { Weights = [.. used.Select(i => WeightOf(candidates[i].Kind, segment.Weights[i]))] })]);
    }

    private static double WeightOf(ScorerKind kind, double weight) => kind == ScorerKind.Popularity ? Math.Max(weight, FallbackWeight) : weight;
}
