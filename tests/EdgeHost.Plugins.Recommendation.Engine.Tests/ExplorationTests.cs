using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Draws and their probabilities.</summary>
public class ExplorationTests
{
    private static readonly Snapshot Data = Made.Snapshot();
    private static readonly Recommender Subject = new(new RecommendationModel(Data.Catalogue, MadeModels.Build(ScorerKind.ItemToItem, Data), Data.Ratings));

    [Fact]
    public void Cumulative_IsTheNormalDistribution()
    {
        Assert.Equal(0.5, GaussianChoice.Cumulative(0), 1e-7);
        Assert.Equal(0.9750021048517795, GaussianChoice.Cumulative(1.96), 1e-7);
        Assert.Equal(0.0013498980316301, GaussianChoice.Cumulative(-3), 1e-9);
    }

    [Fact]
    public void Probabilities_AddUpToOne_AndAreExactForTwo()
    {
        double[] means = [0.3, 0.5, 0.1, 0.45];
        double[] deviations = [0.1, 0.2, 0.3, 0.01];
        Assert.Equal(1, Enumerable.Range(0, 4).Sum(i => GaussianChoice.ProbabilityOf(i, means, deviations)), 1e-4);

        // P(X > Y) = Φ((mx - my) / √(sx² + sy²)).
        Assert.Equal(GaussianChoice.Cumulative(0.2 / Math.Sqrt(0.05)), GaussianChoice.ProbabilityOf(0, [0.5, 0.3], [0.2, 0.1]), 1e-6);
    }

    [Fact]
    public void Propensity_IsHowOftenAnItemComesFirst()
    {
        const int Lists = 20_000;
        var counts = new Dictionary<int, (int Count, double Propensity)>();
        for (var seed = 0UL; seed < Lists; seed++)
        {
            var first = Subject.Recommend(Data.HistoryOf(0), Query(seed, count: 1))[0];
            counts[first.Item] = (counts.GetValueOrDefault(first.Item).Count + 1, first.Propensity);
        }

        Assert.True(counts.Count > 5);
        foreach (var (count, propensity) in counts.Values)
        {
            // Five standard errors of a share, which hold for all items and seeds of this test.
            Assert.Equal(propensity, count / (double)Lists, (5 * Math.Sqrt(propensity * (1 - propensity) / Lists)) + 1e-3);
        }
    }

    [Fact]
    public void List_IsTheSameForOneSeed_AndOftenAnotherForOthers()
    {
        int[] ListOf(ulong seed) => [.. Subject.Recommend(Data.HistoryOf(0), Query(seed, 10)).Select(static x => x.Item)];

        Assert.Equal(ListOf(5), ListOf(5));
        Assert.True(Enumerable.Range(0, 20).Select(seed => string.Join(',', ListOf((ulong)seed))).Distinct().Count() > 10);
        Assert.All(Enumerable.Range(0, 20).Select(seed => ListOf((ulong)seed)), static list => Assert.Equal(10, list.Distinct().Count()));
    }

    [Fact]
    public void ItemsShownInVain_Sink_AndThoseTakenRise()
    {
        var best = Subject.Recommend(Data.HistoryOf(0), new RecommendationQuery { Count = 20 });
        var query = Query(1, 1);
        var vain = query with { Exploration = query.Exploration! with { Floor = 0, Feedback = new Dictionary<int, ItemFeedback> { [best[0].Item] = new(200, 0), [best[12].Item] = new(200, 195) } } };
        var firsts = Enumerable.Range(0, 50).Select(seed => Subject.Recommend(Data.HistoryOf(0), vain with { Exploration = vain.Exploration! with { Seed = (ulong)seed } })[0].Item).ToArray();

        Assert.DoesNotContain(best[0].Item, firsts);
        Assert.True(firsts.Count(item => item == best[12].Item) > 40);
    }

    private static RecommendationQuery Query(ulong seed, int count) => new() { Count = count, Reasons = 0, Exploration = new ExplorationOptions { Seed = seed, Pool = 20 } };
}
