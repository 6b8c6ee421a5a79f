using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;
using EdgeHost.Plugins.Recommendation.Engine.Training;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Builds from end to end.</summary>
public class TrainerTests
{
    [Fact]
    public async Task Train_ChoosesAtLeastTheBestMember_AndIsTheSameBitsEachTime()
    {
        var data = Made.Snapshot();
        var progress = new Recorded();
        var result = await CatalogueTrainer.TrainAsync(data, progress: progress);

        Assert.Equal(7, result.Models.Count);
        Assert.True(result.Validation!.NDcg >= result.Models.Max(static model => model.Validation!.NDcg));
        Assert.Equal(progress.Seen.Select(static x => x.Fraction).Order(), progress.Seen.Select(static x => x.Fraction));
        Assert.Equal(1, progress.Seen[^1].Fraction);
        Assert.Equal(BytesOf(result), BytesOf(await CatalogueTrainer.TrainAsync(Made.Snapshot(), new TrainingOptions { Threads = 2 })));
    }

    [Fact]
    public async Task Train_WithTooLittleToCompareBuildsWhatNeedsNoComparison()
    {
        var one = await CatalogueTrainer.TrainAsync(Made.Snapshot(Made.Items(10), [new() { User = "u", Item = "item0001" }]));
        var list = new Recommender(one.Model).Recommend(UserHistory.Of(1), new RecommendationQuery { Count = 2 });

        Assert.Null(one.Validation);
        Assert.Equal(["item0005", "item0009"], list.Select(static x => x.Id).Order());

        // Nobody did anything: a list of the catalogue is all there is to say.
        var none = await CatalogueTrainer.TrainAsync(Made.Snapshot(Made.Items(10), []));
        Assert.Equal(10, new Recommender(none.Model).Recommend(UserHistory.Empty, new RecommendationQuery()).Count);
        Assert.Equal(ErrorCode.FailedPrecondition, (await Assert.ThrowsAsync<EdgeHostException>(() => CatalogueTrainer.TrainAsync(Made.Snapshot([], [])))).Code);
    }

    [Fact]
    public async Task Train_OfOneUserLearnsFromWhatThingsAre()
    {
        var data = Made.Snapshot(Made.Items(600), Made.Events(2, 600, 140).Where(static e => e.User == "user001"));
        var result = await CatalogueTrainer.TrainAsync(data);
        var list = new Recommender(result.Model).Recommend(data.HistoryOf(0), new RecommendationQuery());

        Assert.True(list.Count(static x => x.Item % 4 == 1) >= 5, string.Join(", ", list.Select(static x => x.Id)));
    }

    [Fact]
    public async Task Train_EndsWhenItIsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CatalogueTrainer.TrainAsync(Made.Snapshot(), cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task Train_SearchesLargeSnapshotsOnSomeUsers()
    {
        var data = Made.Snapshot();
        var result = await CatalogueTrainer.TrainAsync(data, new TrainingOptions { MaxSearchInteractions = 300, MaxValidationUsers = 10, Kinds = [ScorerKind.Popularity, ScorerKind.ItemToItem] });

        Assert.Equal(10, result.Validation!.Users);
        Assert.True(RankingEvaluator.Evaluate(result.Model.Scorer, new HoldOut().Apply(data)).HitRate > 0);
    }

    [Fact]
    public async Task Train_SearchesLargeCataloguesOnTheItemsThatMostMet_AndBuildsOnAll()
    {
        var data = Made.Snapshot();
        var result = await CatalogueTrainer.TrainAsync(data, new TrainingOptions { MaxSearchItems = 30 });
        var whole = await CatalogueTrainer.TrainAsync(data);

        Assert.Equal((30, 80), (result.SearchedItems, whole.SearchedItems));
        Assert.Equal(data.InteractionCount, whole.SearchedInteractions);
        Assert.InRange(result.SearchedInteractions, 1, data.InteractionCount - 1);
        Assert.Equal((80, 80), (result.Model.Catalogue.Count, result.Model.Scorer.ItemCount));
        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => CatalogueTrainer.TrainAsync(data, new TrainingOptions { MaxSearchItems = 0 }))).Code);
    }

    private static byte[] BytesOf(TrainingResult result)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(result.Model, stream);
        return stream.ToArray();
    }

    private sealed class Recorded : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Seen { get; } = [];

        public void Report(TrainingProgress value) => Seen.Add(value);
    }
}
