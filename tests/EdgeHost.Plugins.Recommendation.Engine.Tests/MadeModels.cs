using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Blending;
using EdgeHost.Plugins.Recommendation.Engine.Models.Content;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Models.Linear;
using EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;
using EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;
using EdgeHost.Plugins.Recommendation.Engine.Models.Sequences;
using EdgeHost.Plugins.Recommendation.Engine.Models.Towers;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>A model of each kind.</summary>
internal static class MadeModels
{
    private static readonly HistoryDecay Decay = new(30, 20);

    public static TheoryData<ScorerKind> Kinds => [.. Enum.GetValues<ScorerKind>()];

    public static ItemScorer Build(ScorerKind kind, Snapshot snapshot, int threads = 1) => kind switch
    {
        ScorerKind.Popularity => PopularityScorer.Build(snapshot, new PopularityOptions(30)),
        ScorerKind.ItemToItem => NeighbourBuilder.Build(snapshot, new NeighbourOptions { Decay = Decay }, default),
        ScorerKind.Linear => LinearBuilder.Build(snapshot, new LinearOptions { Penalty = 5, Decay = Decay }, threads, default),
        ScorerKind.Factors => FactorBuilder.Build(snapshot, new FactorOptions { Width = 12, Decay = Decay }, threads, default),
        ScorerKind.Pairwise => PairwiseBuilder.Build(snapshot, new PairwiseOptions { Width = 12, Epochs = 5, Decay = Decay }, default),
        ScorerKind.Content => ContentBuilder.Build(snapshot.Catalogue, new ContentOptions { Decay = Decay }, default),
        ScorerKind.Towers => Towers(snapshot.Catalogue.Count),
        ScorerKind.Sequence => SequenceBuilder.Build(snapshot, new SequenceOptions(), default),
        _ => Blend(snapshot, threads),
    };

    // Of numbers that nobody trained: what is scored and explained does not depend on how they came about.
    private static TowerScorer Towers(int itemCount)
    {
        const int Width = 6;
        const int Hidden = 9;
        var random = new SeededNumbers(3);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
        return new TowerScorer(
            FactorTable.Create(Numbers(itemCount * (Width + 1)), itemCount, Width + 1), FactorTable.Create(Numbers(itemCount * Width), itemCount, Width), new UserTower(Numbers(Width * Hidden), Numbers(Width * Hidden), Width), Decay);
    }

    private static BlendScorer Blend(Snapshot snapshot, int threads)
    {
        ItemScorer[] members = [.. Enum.GetValues<ScorerKind>().Where(static kind => kind != ScorerKind.Blend).Select(kind => Build(kind, snapshot, threads))];
        return new BlendScorer(members, [new BlendSegment(3, [1, 0, 0, 0.5, 0, 1, 0, 0]), new BlendSegment(int.MaxValue, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.02])]);
    }
}
