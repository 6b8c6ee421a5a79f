using EdgeHost.Benchmarks.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Models.Factors;
using EdgeHost.Plugins.Recommendation.Engine.Models.Linear;
using EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;
using EdgeHost.Plugins.Recommendation.Engine.Models.Popularity;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Kinds with fixed options on the shared ratings, beside figures of other implementations on the same split; what the search chooses is measured by the benchmark.</summary>
public class FilmTests
{
    [SharedDataFact(FilmRatings.Folder)]
    public void FixedOptions_GiveTheFiguresOfOtherImplementations()
    {
        var split = FilmRatings.Read(Repository.FindShared(FilmRatings.Folder)!, "random");
        double NDcg(ItemScorer scorer) => RankingEvaluator.Evaluate(scorer, split).NDcg;

        Assert.Equal(0.205, NDcg(PopularityScorer.Build(split.Train, new PopularityOptions())), 0.002);
        Assert.Equal(0.371, NDcg(LinearBuilder.Build(split.Train, new LinearOptions { Penalty = 200, Neighbours = 4000 }, 1, default)), 0.002);
        Assert.InRange(NDcg(NeighbourBuilder.Build(split.Train, new NeighbourOptions(), default)), 0.30, 0.36);
        Assert.InRange(NDcg(FactorBuilder.Build(split.Train, new FactorOptions { UnobservedWeight = 0.1, Penalty = 0.05 }, 1, default)), 0.339, 0.38);
    }
}
