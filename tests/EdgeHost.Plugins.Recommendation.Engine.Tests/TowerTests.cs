using EdgeHost.Benchmarks.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;
using EdgeHost.Plugins.Recommendation.Engine.Models.Towers;
using EdgeHost.Plugins.Recommendation.Engine.Networks;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;
using EdgeHost.Plugins.Recommendation.Engine.Training;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>The towers, trained by the engine that the host trains with.</summary>
public class TowerTests
{
    private static readonly TowerOptions Small = new() { Width = 8, Hidden = 8, Features = 16, Batch = 64, Negatives = 8, HistoryItems = 8 };

    [Fact]
    public async Task BuildAsync_LearnsTastes_TheSameBitsEachTime()
    {
        var split = new HoldOut(HoldOutKind.Random).Apply(Made.Snapshot());
        var towers = await TowerBuilder.BuildAsync(split.Train, Small, new DirectNetworkTrainer(), default);
        var popularity = PopularityScorer.Build(split.Train, new PopularityOptions());

        Assert.True(NDcg(towers) > NDcg(popularity) + 0.05, $"{NDcg(towers)} beside {NDcg(popularity)}");
        Assert.Equal(BytesOf(split.Train.Catalogue, towers), BytesOf(split.Train.Catalogue, await TowerBuilder.BuildAsync(split.Train, Small, new DirectNetworkTrainer(), default)));

        double NDcg(ItemScorer scorer) => RankingEvaluator.Evaluate(scorer, split).NDcg;
    }

    [Fact]
    public async Task BuildAsync_KnowsItemsThatNobodyMetByWhatTheyAre()
    {
        // The last 20 of 100 items are new: nobody met them.
        var data = Made.Snapshot(Made.Items(100), Made.Events(60, 80, 15));
        var towers = await TowerBuilder.BuildAsync(data, Small, new DirectNetworkTrainer(), default);
        var (own, all) = (0, 0);
        for (var user = 0; user < 20; user++)
        {
            var scores = new float[100];
            towers.Score(data.HistoryOf(user), scores);
            var best = Enumerable.Range(80, 20).OrderByDescending(item => scores[item]).Take(5).ToArray();
            own += best.Count(item => item % 4 == user % 4);
            all += best.Length;
        }

        // A quarter by chance.
        Assert.True(own > all * 0.6, $"{own} of {all}");
    }

    [Fact]
    public async Task TrainAsync_WithATrainer_LetsTowersTakePart()
    {
        var trainer = new DirectNetworkTrainer();
        var result = await CatalogueTrainer.TrainAsync(Made.Snapshot(), new TrainingOptions { Networks = trainer, Kinds = [ScorerKind.Popularity, ScorerKind.Towers] });

        var towers = Assert.Single(result.Models, static model => model.Kind == ScorerKind.Towers);
        Assert.True(towers.Validation!.NDcg > 0);
        Assert.True(towers.Weights[^1] > 0);
        Assert.Contains(result.Model.Members, static member => member.Kind == ScorerKind.Towers);
        Assert.Empty(result.LeftOut);
        Assert.InRange(trainer.Trained, 2, 4);
    }

    [Fact]
    public async Task TrainAsync_WhereTheyCannotBeTrained_BuildsTheOthersAndSaysWhy()
    {
        var result = await CatalogueTrainer.TrainAsync(Made.Snapshot(), new TrainingOptions { Networks = new NoNetworks(), Kinds = [ScorerKind.Popularity, ScorerKind.ItemToItem, ScorerKind.Towers] });

        Assert.Equal([ScorerKind.Popularity, ScorerKind.ItemToItem], result.Models.Select(static model => model.Kind));
        var leftOut = Assert.Single(result.LeftOut);
        Assert.Equal((ScorerKind.Towers, "no networks here"), (leftOut.Kind, leftOut.Problem));
    }

    [Fact]
    public async Task TrainAsync_WithLittle_AsksForNoNetwork()
    {
        var trainer = new DirectNetworkTrainer();
        var result = await CatalogueTrainer.TrainAsync(Made.Snapshot(users: 20), new TrainingOptions { Networks = trainer, Kinds = [ScorerKind.Popularity, ScorerKind.Towers] });

        Assert.Equal(0, trainer.Trained);
        Assert.Equal([ScorerKind.Popularity], result.Models.Select(static model => model.Kind));
    }

    [Fact]
    public void Draw_HasHistoriesWithoutTheItemItself_AndNegativesThatTheUserDidNotMeet()
    {
        var data = Made.Snapshot();
        var rowOf = Enumerable.Range(1, data.Catalogue.Count).ToArray();
        var examples = TowerExamples.Draw(data, rowOf, rowOf.Length, Small, default);
        var met = Enumerable.Range(0, data.Users.Count).Select(user => data.HistoryOf(user).Items.ToArray().Select(item => (long)item + 1).ToHashSet()).ToArray();

        Assert.Equal(3 * data.InteractionCount, examples.Count);
        for (var example = 0; example < examples.Count; example++)
        {
            var history = examples.History.AsSpan(example * Small.HistoryItems, Small.HistoryItems).ToArray();
            var items = examples.Items.AsSpan(example * (Small.Negatives + 1), Small.Negatives + 1).ToArray();
            Assert.DoesNotContain(items[0], history);
            Assert.Equal(history.Length, history.Distinct().Count());
            Assert.Equal(Small.HistoryItems, examples.Weights.AsSpan(example * Small.HistoryItems, Small.HistoryItems).ToArray().Sum(), 0.001f);
            Assert.Contains(met, user => user.IsSupersetOf(history) && user.Contains(items[0]) && !items.Skip(1).Any(user.Contains));
        }

        Assert.InRange(examples.Ids.Count(static id => id == 0) / (double)examples.Ids.Length, 0.17, 0.23);
    }

    private static byte[] BytesOf(Catalogue catalogue, ItemScorer scorer)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(new RecommendationModel(catalogue, scorer, default), stream);
        return stream.ToArray();
    }

    private sealed class NoNetworks : INetworkTrainer
    {
        public ValueTask<IReadOnlyDictionary<string, ReadOnlyMemory<float>>> TrainAsync(NetworkTask task, CancellationToken cancellationToken)
            => throw new EdgeHostException(ErrorCode.Unimplemented, "no networks here");
    }
}
