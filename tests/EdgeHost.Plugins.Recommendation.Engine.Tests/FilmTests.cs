using EdgeHost.Plugins.Recommendation.Engine.Data;
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
    private const string Folder = "testdata/recommendation";

    [SharedDataFact(Folder)]
    public void FixedOptions_GiveTheFiguresOfOtherImplementations()
    {
        var split = Read(Repository.FindShared(Folder)!);
        double NDcg(ItemScorer scorer) => RankingEvaluator.Evaluate(scorer, split).NDcg;

        Assert.Equal(0.205, NDcg(PopularityScorer.Build(split.Train, new PopularityOptions())), 0.002);
        Assert.Equal(0.371, NDcg(LinearBuilder.Build(split.Train, new LinearOptions { Penalty = 200, Neighbours = 4000 }, 1, default)), 0.002);
        Assert.InRange(NDcg(NeighbourBuilder.Build(split.Train, new NeighbourOptions(), default)), 0.30, 0.36);
        Assert.InRange(NDcg(FactorBuilder.Build(split.Train, new FactorOptions { UnobservedWeight = 0.1, Penalty = 0.05 }, 1, default)), 0.339, 0.38);
    }

    private static Split Read(string folder)
    {
        var builder = new SnapshotBuilder();
        foreach (var fields in Rows(folder, "items")) builder.Put(new CatalogueItem { Id = fields[0] });
        foreach (var fields in Rows(folder, "random_train")) builder.Record(new InteractionEvent { User = fields[0], Item = fields[1], Time = long.Parse(fields[3]) * 1000 });
        var train = builder.Build();
        var held = Rows(folder, "random_test").ToLookup(fields => train.IndexOfUser(fields[0]), fields => train.Catalogue.IndexOf(fields[1]));
        return new Split(train, [.. Enumerable.Range(0, train.Users.Count).Select(user => held[user].Order().ToArray())]);
    }

    private static IEnumerable<string[]> Rows(string folder, string name) => File.ReadLines(Path.Combine(folder, $"mls_{name}.tsv")).Skip(1).Select(static line => line.Split('\t'));
}
