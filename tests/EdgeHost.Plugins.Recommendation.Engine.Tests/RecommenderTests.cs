using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Lists for users.</summary>
public class RecommenderTests
{
    private static readonly Snapshot Data = Made.Snapshot();
    private static readonly Recommender Subject = new(new RecommendationModel(Data.Catalogue, MadeModels.Build(ScorerKind.Blend, Data), Data.Ratings));
    private static readonly AttributeIndex Index = new(Data.Catalogue);

    [Fact]
    public void Recommend_LeavesOutWhatWasSeen_AndIsTheSameEachTime()
    {
        var history = Data.HistoryOf(3);
        var list = Subject.Recommend(history, new RecommendationQuery { Count = 20 });

        Assert.Equal(20, list.Count);
        Assert.Empty(list.Select(static x => x.Item).Intersect(history.Items.ToArray()));
        Assert.Equal(list.OrderByDescending(static x => x.Score).Select(static x => x.Item), list.Select(static x => x.Item));
        Assert.All(list, static x => Assert.Equal(1, x.Propensity));
        Assert.Equal(list.Select(static x => x.Id), Subject.Recommend(history, new RecommendationQuery { Count = 20 }).Select(static x => x.Id));
    }

    [Fact]
    public void Recommend_PrefersTheUsersTaste()
    {
        var list = Subject.Recommend(UserHistory.Of(5, 21, 41), new RecommendationQuery());

        Assert.True(list.Count(static x => x.Item % 4 == 1) >= 6, string.Join(", ", list.Select(static x => x.Id)));
    }

    [Fact]
    public void Recommend_CountsADislikeAtOnce()
    {
        var reader = new HistoryReader(Data.Catalogue, EventWeights.Default, default);
        var liked = Enumerable.Range(0, 4).Select(static i => new InteractionEvent { User = "new", Item = $"item{(4 * i) + 1:D4}", Time = i }).ToArray();
        var before = Subject.Recommend(reader.Read(liked), new RecommendationQuery { Count = 60 });
        var disliked = before[0];
        var after = Subject.Recommend(reader.Read([.. liked, new InteractionEvent { User = "new", Item = disliked.Id, Type = "not_interested", Time = 9 }]), new RecommendationQuery { Count = 60 });

        Assert.DoesNotContain(after, x => x.Item == disliked.Item);
        int ShareOfTaste(IReadOnlyList<RecommendedItem> list) => list.Take(10).Count(static x => x.Item % 4 == 1);
        Assert.True(ShareOfTaste(after) <= ShareOfTaste(before));
    }

    [Fact]
    public void Recommend_KeepsToFilters()
    {
        var query = new RecommendationQuery
        {
            Count = 80,
            Allowed = Index.Match(
            [
                new AttributeCondition("author") { AnyOf = ["author1", "author2"] },
                new AttributeCondition("price") { Least = 10, Greatest = 60 },
                new AttributeCondition("tags") { AnyOf = ["odd"], Not = true },
            ]),
            ExcludeSeen = false,
        };
        var expected = Enumerable.Range(10, 51).Where(static i => i % 7 is 1 or 2 && i % 2 == 0);

        Assert.Equal(expected, Subject.Recommend(Data.HistoryOf(0), query).Select(static x => x.Item).Order());
    }

    [Fact]
    public void Recommend_RanksCandidates()
    {
        var all = Subject.Recommend(Data.HistoryOf(5), new RecommendationQuery { Count = 80, ExcludeSeen = false }).Select(static x => x.Item).ToArray();
        int[] candidates = [70, 3, 12, 41, 3, 8];
        var ranked = Subject.Recommend(Data.HistoryOf(5), new RecommendationQuery { Candidates = candidates });

        Assert.Equal(all.Where(candidates.Contains), ranked.Select(static x => x.Item));
    }

    [Fact]
    public void Recommend_KeepsToCaps()
    {
        var query = new RecommendationQuery { Count = 14, Caps = [new AttributeCap("author", 2), new AttributeCap("tags", 8)] };
        var list = Subject.Recommend(Data.HistoryOf(2), query);

        Assert.Equal(14, list.Count);
        Assert.All(list.CountBy(static x => x.Item % 7), static x => Assert.Equal(2, x.Value));
        Assert.All(list.CountBy(static x => x.Item % 4), static x => Assert.True(x.Value <= 8));
    }

    [Fact]
    public void Recommend_DiffersMoreWithMoreDiversity()
    {
        int Tastes(double diversity) => Subject.Recommend(Data.HistoryOf(1), new RecommendationQuery { Count = 8, Diversity = diversity }).Select(static x => x.Item % 4).Distinct().Count();

        Assert.True(Tastes(0.9) > Tastes(0));
        Assert.Equal(4, Tastes(1));
    }

    [Fact]
    public void Recommend_GivesReasonsThatAreOfTheUser()
    {
        var history = Data.HistoryOf(1);
        foreach (var item in Subject.Recommend(history, new RecommendationQuery { Reasons = 5 }))
        {
            Assert.NotEmpty(item.Reasons);
            Assert.All(item.Reasons, reason =>
            {
                Assert.True(reason.Value > 0);
                if (reason.Kind is ContributionKind.History or ContributionKind.Sequence or ContributionKind.Embedding) Assert.Contains(reason.Item, history.Items.ToArray());
            });
            Assert.Equal(item.Score, Subject.Explain(history, item.Item).Sum(static part => part.Value), 1e-3);
        }
    }

    [Fact]
    public void Recommend_KnowsAnswersForNobodyAndForOneEvent()
    {
        Assert.Equal(10, Subject.Recommend(UserHistory.Empty, new RecommendationQuery()).Count);
        Assert.All(Subject.Similar(6, new RecommendationQuery { Count = 5 }), static x => Assert.NotEqual(6, x.Item));
    }

    [Theory]
    [InlineData(0, 0, 0.1)]
    [InlineData(10, 1.1, 0.1)]
    [InlineData(10, double.NaN, 0.1)]
    [InlineData(10, 0, 2)]
    public void Recommend_RefusesWhatIsOutOfRange(int count, double diversity, double floor)
    {
        var query = new RecommendationQuery { Count = count, Diversity = diversity, Exploration = new ExplorationOptions { Seed = 1, Floor = floor } };

        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => Subject.Recommend(UserHistory.Empty, query)).Code);
    }

    [Fact]
    public void For_KnowsNewItemsByWhatTheyAre_AndForgetsThoseThatWent()
    {
        var items = Made.Items(80).Where(static item => item.Id != "item0005").Append(Made.Items(82)[81]);
        var current = Catalogue.Create(items);
        var model = Subject.Model.For(current);
        var history = new HistoryReader(current, EventWeights.Default, default).Read(Enumerable.Range(0, 5).Select(static i => new InteractionEvent { User = "u", Item = $"item{(4 * i) + 1:D4}", Time = i }));
        var ranked = new Recommender(model).Recommend(history, new RecommendationQuery { Count = 80 }).Select(static x => x.Id).ToList();

        Assert.DoesNotContain("item0005", ranked);
        // item0081 is of taste 1 like the history: nobody met it, and it is still before the items of other tastes that few met.
        Assert.True(ranked.IndexOf("item0081") < ranked.IndexOf("item0078"));
    }
}
