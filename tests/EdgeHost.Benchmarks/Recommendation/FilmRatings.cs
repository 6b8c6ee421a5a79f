using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Evaluation;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>The shared ratings of films as a split that was made beforehand.</summary>
internal static class FilmRatings
{
    public const string Folder = "testdata/recommendation";

    /// <summary>Reads one of the splits, <c>random</c> or <c>time</c>. Each rating counts as a view, for every held-out row is relevant.</summary>
    public static Split Read(string folder, string name)
    {
        var builder = new SnapshotBuilder();
        foreach (var fields in Rows(Path.Combine(folder, "mls_items.tsv"))) builder.Put(new CatalogueItem { Id = fields[0], Title = fields[1], Tags = fields[3].Split('|') });
        foreach (var fields in Rows(Path.Combine(folder, $"mls_{name}_train.tsv"))) builder.Record(new InteractionEvent { User = fields[0], Item = fields[1], Time = long.Parse(fields[3]) * 1000 });
        var train = builder.Build();
        var relevant = train.Users.Select(static _ => new List<int>()).ToArray();
        foreach (var fields in Rows(Path.Combine(folder, $"mls_{name}_test.tsv"))) relevant[train.IndexOfUser(fields[0])].Add(train.Catalogue.IndexOf(fields[1]));
        return new Split(train, [.. relevant.Select(static items => items.Order().ToArray())]);
    }

    private static IEnumerable<string[]> Rows(string path) => File.ReadLines(path).Skip(1).Select(static line => line.Split('\t'));
}
