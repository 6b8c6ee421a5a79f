using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Benchmarks.Recommendation;

/// <summary>The least that keeps events durable: one table without any index, one transaction a call, each on the disk when it has answered. Used by one caller at a time.</summary>
internal sealed class BareEvents(string path) : IAsyncDisposable
{
    private readonly PluginDatabase _database = new(
        new DatabaseSpec
        {
            Path = path,
            Schema = new DatabaseSchema("CREATE TABLE events(user TEXT, item TEXT, type TEXT, weight REAL, time INTEGER)"),
            Words = new DatabaseWords { Subject = "benchmark", WhenFull = "Make room.", WhenDamaged = "Run it again.", WhenCrowded = "Run it again." },
        },
        TimeProvider.System);

    public Task<int> AddAsync(IReadOnlyList<UserEvent> events, CancellationToken cancellationToken) => _database.WriteAsync(
        connection =>
        {
            foreach (var added in events) connection.Execute("INSERT INTO events VALUES(?1, ?2, ?3, ?4, ?5)", added.User, added.Item, added.Type, added.Weight ?? 1, added.Time);
            return events.Count;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
