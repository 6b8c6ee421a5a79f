using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Figures that were worked out by hand.</summary>
public class MetricsTests
{
    // Four users; items a to f are 0 to 5. a has users 0, 1, 2; b has 0, 1; c has 3.
    private static readonly Snapshot Train = Made.Snapshot(
        "abcdef".Select(static c => new CatalogueItem { Id = c.ToString() }),
        new[] { ("u0", "a"), ("u0", "b"), ("u1", "a"), ("u1", "b"), ("u2", "a"), ("u3", "c") }.Select(static x => new InteractionEvent { User = x.Item1, Item = x.Item2 }));

    [Fact]
    public void Evaluate_GivesWhatTheFormulasGive()
    {
        var split = new Split(Train, [[2, 4], [3], [], [0, 1, 5]]);
        IReadOnlyList<int>[] lists = [[2, 3, 4], [4, 5, 2], [0], [1, 0, 4]];
        var metrics = RankingEvaluator.Evaluate(user => lists[user], split, count: 3);

        // u0: hits at 1 and 3; u1: none; u2: nothing held out, so not asked for; u3: hits at 1 and 2 of 3 relevant.
        var (d2, d3) = (1 / Math.Log2(3), 0.5);
        Assert.Equal(3, metrics.Users);
        Assert.Equal((((1 + d3) / (1 + d2)) + 0 + ((1 + d2) / (1 + d2 + d3))) / 3, metrics.NDcg, 1e-12);
        Assert.Equal((((1 + (2 / 3.0)) / 2) + 0 + ((1 + 1) / 3.0)) / 3, metrics.Map, 1e-12);
        Assert.Equal((2 + 0 + 2) / 9.0, metrics.Precision, 1e-12);
        Assert.Equal((1 + 0 + (2 / 3.0)) / 3, metrics.Recall, 1e-12);
        Assert.Equal(2 / 3.0, metrics.HitRate, 1e-12);
        Assert.Equal(6 / 6.0, metrics.Coverage, 1e-12);

        // Shares of the four users: a 3/4, b 1/2, c 1/4; d, e and f count as met by one.
        Assert.Equal(((2 + 2 + 2) + (2 + 2 + 2) + (1 - Math.Log2(0.75) + 2)) / 9, metrics.Novelty, 1e-12);

        // Only a and b share users: cosine 2 / √6, on the list of u3 alone.
        Assert.Equal((1 + 1 + ((3 - (2 / Math.Sqrt(6))) / 3)) / 3, metrics.Diversity, 1e-12);
    }

    [Fact]
    public void NDcg_IsOneForTheIdealList_AndShortListsLose()
    {
        Assert.Equal(1, RankingEvaluator.NDcgOf([5, 2], [2, 5], 10), 1e-12);
        Assert.Equal(1 / (1 + (1 / Math.Log2(3))), RankingEvaluator.NDcgOf([5], [2, 5], 10), 1e-12);
        Assert.Equal(0, RankingEvaluator.NDcgOf([], [2], 10));
    }

    [Theory]
    [InlineData(HoldOutKind.Newest)]
    [InlineData(HoldOutKind.Random)]
    [InlineData(HoldOutKind.Mixed)]
    public void HoldOut_TakesAQuarterOfEachUser_AndNothingTwice(HoldOutKind kind)
    {
        var data = Made.Snapshot();
        var split = new HoldOut(kind, 0.25).Apply(data);
        for (var user = 0; user < data.Users.Count; user++)
        {
            var (whole, kept) = (data.HistoryOf(user), split.Train.HistoryOf(user));
            Assert.Equal((int)Math.Round(whole.Count / 4.0, MidpointRounding.AwayFromZero), split.Relevant[user].Length);
            Assert.Equal(whole.Items.ToArray().Order(), kept.Items.ToArray().Concat(split.Relevant[user]).Order());
            if (kind == HoldOutKind.Newest) Assert.Equal(whole.Items[..kept.Count].ToArray(), kept.Items.ToArray());
        }
    }
}
