using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Content;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Models.Linear;
using EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;
using EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;
using EdgeHost.Plugins.Recommendation.Engine.Models.Sequences;
using EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

namespace EdgeHost.Plugins.Recommendation.Engine.Training;

/// <summary>The kinds of models and the variants that are tried. The grids are about the literature's usual ranges and know nothing of any data set.</summary>
internal static class ModelFamilies
{
    private static readonly int[] PairwiseEpochs = [15, 80];

    private static readonly HistoryDecay[] Decays =
    [
        HistoryDecay.None,
        new(double.PositiveInfinity, 100),
        new(double.PositiveInfinity, 30),
        new(double.PositiveInfinity, 10),
        new(365, double.PositiveInfinity),
        new(60, double.PositiveInfinity),
        new(7, double.PositiveInfinity),
    ];

    /// <summary>The families that can say something about the snapshot, in the order of <see cref="TrainingOptions.Kinds"/>.</summary>
    public static IReadOnlyList<ModelFamily> For(Snapshot snapshot, TrainingOptions options)
    {
        var users = snapshot.Histories.ToArray().Count(static history => history.Count > 1);
        var isDescribed = Enumerable.Range(0, snapshot.Catalogue.Count).Any(item => snapshot.Catalogue.Find(item) is not null);
        var searched = (long)(Math.Min(snapshot.InteractionCount, options.MaxSearchInteractions) * (1 - options.Validation.Share));
        return [.. options.Kinds.Distinct().Where(kind => kind switch
        {
            ScorerKind.Content => isDescribed,
            ScorerKind.Popularity or ScorerKind.Sequence => true,
            ScorerKind.Towers => options.Networks is not null && users > 1 && snapshot.InteractionCount >= options.LeastTowerInteractions,
            _ => users > 1,
        }).Select(kind => Create(kind, options, searched))];
    }

    private static ModelFamily Create(ScorerKind kind, TrainingOptions options, long searched) => kind switch
    {
        ScorerKind.Popularity => new ModelFamily<PopularityOptions>(
            kind,
            new PopularityOptions(),
            [Vary(static (PopularityOptions o, double days) => o with { HalfLifeDays = days }, 365.0, 90, 30, 7)],
            static (snapshot, o, _) => PopularityScorer.Build(snapshot, o)),
        ScorerKind.ItemToItem => new ModelFamily<NeighbourOptions>(
            kind,
            new NeighbourOptions(),
            [
                new(static o => Enum.GetValues<Similarity>().Select(similarity => o with { Similarity = similarity })),
                Vary(static (NeighbourOptions o, double shrinkage) => o with { Shrinkage = shrinkage }, 1.0, 3, 30),
                new(static o => Decays.Select(decay => o with { Decay = decay }), static (scorer, o) => ((NeighbourScorer)scorer).With(o.Decay)),
            ],
            static (snapshot, o, token) => NeighbourBuilder.Build(snapshot, o, token)),
        ScorerKind.Linear => new ModelFamily<LinearOptions>(
            kind,
            new LinearOptions { MaxItems = options.MaxLinearItems },
            [
                Vary(static (LinearOptions o, double penalty) => o with { Penalty = penalty }, 100.0, 400),
                new(static o => o.Penalty switch { < 150 => [o with { Penalty = 50 }, o with { Penalty = 20 }], > 300 => [o with { Penalty = 800 }, o with { Penalty = 2000 }], _ => [] }),
                Vary(static (LinearOptions o, double dropout) => o with { Dropout = dropout }, 0.2, 0.4),
                Vary(static (LinearOptions o, double exponent) => o with { LengthExponent = exponent }, 0.5),
                new(static o => Decays.Select(decay => o with { Decay = decay }), static (scorer, o) => ((NeighbourScorer)scorer).With(o.Decay)),
            ],
            (snapshot, o, token) => LinearBuilder.Build(snapshot, o, options.Threads, token),
            o => o with { MaxItems = Math.Min(o.MaxItems, options.MaxSearchLinearItems) }),
        ScorerKind.Factors => new ModelFamily<FactorOptions>(
            kind,
            new FactorOptions { Seed = options.Seed },
            [
                Vary(static (FactorOptions o, double penalty) => o with { Penalty = penalty }, 0.003, 0.03),
                Vary(static (FactorOptions o, double weight) => o with { UnobservedWeight = weight }, 0.1, 0.6),
                Vary(static (FactorOptions o, double factor) => o with { Penalty = o.Penalty * factor }, 1.8, 1 / 1.8),
                Vary(static (FactorOptions o, int width) => o with { Width = width }, 64, 16),
                new(static o => Decays.Select(decay => o with { Decay = decay }), static (scorer, o) => ((FactorScorer)scorer).With(o.Decay)),
            ],
            (snapshot, o, token) => FactorBuilder.Build(snapshot, o, options.Threads, token)),
        ScorerKind.Pairwise => new ModelFamily<PairwiseOptions>(
            kind,
            new PairwiseOptions { Seed = options.Seed },
            [
                Vary(static (PairwiseOptions o, double penalty) => o with { Penalty = penalty }, 0.002, 0.05),
                new(o => PairwiseEpochs.Select(epochs => o with { Epochs = epochs }).Where(other => other.EpochsOf(searched) != o.EpochsOf(searched))),
                new(static o => Decays.Select(decay => o with { Decay = decay }), static (scorer, o) => ((PairwiseScorer)scorer).With(o.Decay)),
            ],
            static (snapshot, o, token) => PairwiseBuilder.Build(snapshot, o, token)),
        ScorerKind.Content => new ModelFamily<ContentOptions>(
            kind,
            new ContentOptions(),
            [
                Vary(static (ContentOptions o, double share) => o with { TextShare = share }, 0.0, 0.7),
                new(static o => [o with { EmbeddingShare = 0.2 }, o with { EmbeddingShare = 0.8 }], static (scorer, o) => ((ContentScorer)scorer).With(o)),
                new(static o => Decays.Select(decay => o with { Decay = decay }), static (scorer, o) => ((ContentScorer)scorer).With(o)),
            ],
            static (snapshot, o, token) => ContentBuilder.Build(snapshot.Catalogue, o, token)),
        ScorerKind.Sequence => new ModelFamily<SequenceOptions>(
            kind,
            new SequenceOptions(),
            [
                Vary(static (SequenceOptions o, int reach) => o with { Reach = reach }, 1, 20),
                new(static o => [o with { Fading = 0.5, Last = 10 }, o with { Fading = 0.95, Last = 50 }], static (scorer, o) => ((SequenceScorer)scorer).With(o.Last, o.Fading)),
                Vary(static (SequenceOptions o, double shrinkage) => o with { Shrinkage = shrinkage }, 1.0, 20),
            ],
            static (snapshot, o, token) => SequenceBuilder.Build(snapshot, o, token)),
        ScorerKind.Towers => new ModelFamily<TowerOptions>(
            kind,
            new TowerOptions { Seed = options.Seed },
            [
                // Where steps end before the sixth time, fewer times are no other towers.
                new(o => searched * 6 / o.Batch < o.MaxSteps ? [o with { Epochs = 6 }] : []),
                new(static o => Decays.Select(decay => o with { Decay = decay }), static (scorer, o) => ((TowerScorer)scorer).With(o.Decay)),
            ],
            (snapshot, o, token) => TowerBuilder.BuildAsync(snapshot, o, options.Networks!, token)),
        _ => throw new EdgeHostException(ErrorCode.InvalidArgument, $"Models of the kind {kind} are made of others and cannot be asked for."),
    };

    private static Axis<TOptions> Vary<TOptions, TValue>(Func<TOptions, TValue, TOptions> with, params TValue[] values)
        => new(options => values.Select(value => with(options, value)));
}
