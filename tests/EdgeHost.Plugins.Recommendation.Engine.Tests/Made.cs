using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Tests;

/// <summary>Made data: users of a few tastes, who mostly take items of their taste in about the same order.</summary>
internal static class Made
{
    public const long Day = 86_400_000;

    public static IReadOnlyList<CatalogueItem> Items(int count, int tastes = 4) => [.. Enumerable.Range(0, count).Select(i => new CatalogueItem
    {
        Id = $"item{i:D4}",
        Title = $"The story of {(i % tastes) switch { 0 => "river", 1 => "mountain", 2 => "harbour", _ => "desert" }} number{i}",
        Tags = [$"taste{i % tastes}", i % 2 == 0 ? "even" : "odd"],
        Attributes = new Dictionary<string, AttributeValue> { ["author"] = AttributeValue.Of($"author{i % 7}"), ["price"] = AttributeValue.Of(i) },
        Embedding = Enumerable.Range(0, tastes).Select(t => t == i % tastes ? 1f : 0.1f).ToArray(),
    })];

    public static IReadOnlyList<InteractionEvent> Events(int users, int items, int perUser, ulong seed = 7, int tastes = 4)
    {
        var events = new List<InteractionEvent>();
        for (var user = 0; user < users; user++)
        {
            var random = new SeededNumbers(seed + (ulong)user);
            var chosen = new SortedSet<int>();
            while (chosen.Count < perUser)
            {
                // Low numbers are popular.
                var drawn = (int)(items * Math.Pow(random.NextDouble(), 2));
                chosen.Add(random.NextDouble() < 0.8 ? Math.Min(items - 1, drawn / tastes * tastes) + (user % tastes) is var own && own < items ? own : drawn : drawn);
            }

            var time = user * Day;
            foreach (var item in chosen) events.Add(new InteractionEvent { User = $"user{user:D3}", Item = $"item{item:D4}", Time = time += 60_000 });
        }

        return events;
    }

    public static Snapshot Snapshot(int users = 60, int items = 80, int perUser = 15, ulong seed = 7) => Snapshot(Items(items), Events(users, items, perUser, seed));

    public static Snapshot Snapshot(IEnumerable<CatalogueItem> items, IEnumerable<InteractionEvent> events)
    {
        var builder = new SnapshotBuilder();
        foreach (var item in items) builder.Put(item);
        foreach (var recorded in events) builder.Record(recorded);
        return builder.Build();
    }
}
