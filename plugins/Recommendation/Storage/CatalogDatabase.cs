using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Storage;
using EdgeHost.Serialization;

namespace EdgeHost.Plugins.Recommendation.Storage;

/// <summary>What a catalogue holds on the disk: items, events, places of lists that explored, versions of models. Used in the catalogue's turn.</summary>
internal sealed class CatalogDatabase
{
    private const string Tables = """
        CREATE TABLE items(item TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE attributes(name TEXT PRIMARY KEY, is_number INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE events(seq INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, item TEXT NOT NULL, type TEXT NOT NULL, weight REAL NOT NULL, time INTEGER NOT NULL,
            session TEXT, list TEXT, position INTEGER, id TEXT, is_reward INTEGER NOT NULL);
        CREATE UNIQUE INDEX events_named ON events(user, id) WHERE id IS NOT NULL;
        CREATE UNIQUE INDEX events_key ON events(user, time, item, type, coalesce(id, ''));
        CREATE INDEX events_item ON events(item);
        CREATE INDEX events_list ON events(list, item) WHERE list IS NOT NULL;
        CREATE TABLE showings(seq INTEGER PRIMARY KEY AUTOINCREMENT, list TEXT NOT NULL, position INTEGER NOT NULL, user TEXT NOT NULL, item TEXT NOT NULL, propensity REAL NOT NULL,
            time INTEGER NOT NULL, after_event INTEGER NOT NULL, is_plain INTEGER NOT NULL);
        CREATE INDEX showings_user ON showings(user);
        CREATE INDEX showings_list ON showings(list);
        CREATE TABLE versions(version INTEGER PRIMARY KEY, is_current INTEGER NOT NULL, epoch INTEGER NOT NULL, last_event INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE TABLE facts(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """ + ContentTable.Tables + ContentTable.Counts;

    // The first form found a user's events by walking over all.
    private const string SecondForm = """
        DROP INDEX events_same;
        CREATE UNIQUE INDEX events_key ON events(user, time, item, type, coalesce(id, ''));
        """;

    private const string EventColumns = "user, item, type, weight, time, session, id";

    private readonly DatabaseConnection _connection;

    /// <summary>Works with an open database.</summary>
    public CatalogDatabase(DatabaseConnection connection) => _connection = connection;

    /// <summary>The tables.</summary>
    public static DatabaseSchema Schema { get; } = new(Tables, SecondForm, ContentTable.Tables, ContentTable.Counts);

    /// <summary>Pictures and vectors of items.</summary>
    public ContentTable Content => new(_connection);

    /// <summary>Does everything or nothing.</summary>
    public T Transaction<T>(Func<T> work) => _connection.Transaction(work, CancellationToken.None);

    public long EventCount() => _connection.Integer("SELECT count(*) FROM events");

    public long LastEvent() => _connection.Integer("SELECT coalesce(max(seq), 0) FROM events");

    public long EventsAfter(long seq) => _connection.Integer("SELECT count(*) FROM events WHERE seq > ?1", seq);

    public IReadOnlyList<string> Users() => _connection.Rows("SELECT DISTINCT user FROM events", static row => row.Text(0));

    public IReadOnlyList<CatalogItem> Items() => _connection.Rows("SELECT body FROM items", static row => WireMessageSerializer.Deserialize<CatalogItem>(row.Bytes(0)));

    public IReadOnlyList<(string Name, bool IsNumber)> Attributes() => _connection.Rows("SELECT name, is_number FROM attributes", static row => (row.Text(0), row.Integer(1) != 0));

    public void PutItem(CatalogItem item) => _connection.Execute("INSERT OR REPLACE INTO items(item, body) VALUES(?1, ?2)", item.Item, WireMessageSerializer.ToArray(item));

    public void PutAttribute(string name, bool isNumber) => _connection.Execute("INSERT INTO attributes(name, is_number) VALUES(?1, ?2)", name, isNumber);

    /// <summary>Adds an event.</summary>
    /// <returns>False if it was there.</returns>
    public bool AddEvent(UserEvent added, double weight, bool isReward)
        => _connection.Execute(
            "INSERT OR IGNORE INTO events(user, item, type, weight, time, session, list, position, id, is_reward) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            added.User, added.Item, added.Type, weight, added.Time, added.Session, added.List, added.Position, added.Id, isReward) > 0;

    /// <summary>The newest events of a user, of those up to some event.</summary>
    public List<InteractionEvent> EventsOf(string user, int most, long last = long.MaxValue)
        => _connection.Rows($"SELECT {EventColumns} FROM events WHERE user = ?1 AND seq <= ?2 ORDER BY time DESC LIMIT ?3", ToEvent, user, last, most);

    /// <summary>Some events in order.</summary>
    /// <param name="after">The last one that was read before; 0 for the first ones.</param>
    /// <param name="last">The last one that is wanted.</param>
    /// <param name="most">How many are read.</param>
    public List<(long Seq, InteractionEvent Event)> EventsBetween(long after, long last, int most)
        => _connection.Rows($"SELECT {EventColumns}, seq FROM events WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3", static row => (row.Integer(7), ToEvent(row)), after, last, most);

    /// <summary>The times of some events in order.</summary>
    /// <inheritdoc cref="EventsBetween"/>
    public List<(long Seq, long Time)> TimesBetween(long after, long last, int most)
        => _connection.Rows("SELECT seq, time FROM events WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3", static row => (row.Integer(0), row.Integer(1)), after, last, most);

    /// <summary>Some items in order of their ids.</summary>
    public List<CatalogItem> ItemsAfter(string item, int most)
        => _connection.Rows("SELECT body FROM items WHERE item > ?1 ORDER BY item LIMIT ?2", static row => WireMessageSerializer.Deserialize<CatalogItem>(row.Bytes(0)), item, most);

    /// <summary>Some events in order, of a user or of all.</summary>
    public List<(long Seq, UserEvent Recorded)> EventRowsAfter(long seq, string? user, int most) => _connection.Rows(
        "SELECT seq, user, item, type, weight, time, session, list, position, id FROM events WHERE seq > ?1 AND (?2 IS NULL OR user = ?2) ORDER BY seq LIMIT ?3",
        static row => (row.Integer(0), new UserEvent
        {
            User = row.Text(1), Item = row.Text(2), Type = row.Text(3), Weight = row.Number(4), Time = row.Integer(5),
            Session = row.TextOrNull(6), List = row.TextOrNull(7), Position = row.IsNull(8) ? null : (int)row.Integer(8), Id = row.TextOrNull(9),
        }),
        seq, user, most);

    /// <summary>Some places of lists in order, of a user or of all.</summary>
    public List<(long Seq, string List, int Position, string User, string Item, double Propensity, long Time)> ShowingRowsAfter(long seq, string? user, int most) => _connection.Rows(
        "SELECT seq, list, position, user, item, propensity, time FROM showings WHERE seq > ?1 AND (?2 IS NULL OR user = ?2) ORDER BY seq LIMIT ?3",
        static row => (row.Integer(0), row.Text(1), (int)row.Integer(2), row.Text(3), row.Text(4), row.Number(5), row.Integer(6)),
        seq, user, most);

    public long Fact(string name) => _connection.Integer("SELECT value FROM facts WHERE name = ?1", name);

    public void SetFact(string name, long value) => _connection.Execute("INSERT OR REPLACE INTO facts(name, value) VALUES(?1, ?2)", name, value);

    public void DeleteFact(string name) => _connection.Execute("DELETE FROM facts WHERE name = ?1", name);

    /// <summary>Deletes events.</summary>
    /// <returns>How many.</returns>
    public int DeleteEvents(string? user, string? item, string? id, long? from, long? to)
        => _connection.Execute(
            "DELETE FROM events WHERE (?1 IS NULL OR user = ?1) AND (?2 IS NULL OR item = ?2) AND (?3 IS NULL OR id = ?3) AND (?4 IS NULL OR time >= ?4) AND (?5 IS NULL OR time < ?5)", user, item, id, from, to);

    /// <summary>Deletes places of lists.</summary>
    public void DeleteShowings(string? user, string? item)
        => _connection.Execute("DELETE FROM showings WHERE (?1 IS NULL OR user = ?1) AND (?2 IS NULL OR item = ?2)", user, item);

    public bool HasEventsOf(string item) => _connection.Integer("SELECT EXISTS(SELECT 1 FROM events WHERE item = ?1)", item) != 0;

    public int DeleteItem(string item) => _connection.Execute("DELETE FROM items WHERE item = ?1", item);

    /// <summary>Moves what was deleted out of the log beside the database, too.</summary>
    public void Checkpoint() => _connection.Checkpoint();

    public void AddShowing(string list, int position, string user, string item, double propensity, long time, long afterEvent, bool isPlain)
        => _connection.Execute(
            "INSERT INTO showings(list, position, user, item, propensity, time, after_event, is_plain) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", list, position, user, item, propensity, time, afterEvent, isPlain);

    /// <summary>Keeps the newest places alone.</summary>
    public void TrimShowings(int most) => _connection.Execute("DELETE FROM showings WHERE seq <= (SELECT max(seq) FROM showings) - ?1", most);

    /// <summary>How often each item was shown to a user and taken.</summary>
    public List<(string Item, long Shown, long Taken)> FeedbackOf(string user) => _connection.Rows(
        """
        SELECT s.item, count(*), sum(EXISTS(SELECT 1 FROM events e WHERE e.list = s.list AND e.item = s.item AND e.user = s.user AND e.is_reward))
        FROM showings s WHERE s.user = ?1 GROUP BY s.item
        """,
        static row => (row.Text(0), row.Integer(1), row.Integer(2)),
        user);

    /// <summary>The newest places of lists without filters, in order of lists and places.</summary>
    public List<StoredShowing> PlainShowings(int most) => _connection.Rows(
        """
        SELECT s.list, s.user, s.item, s.propensity, s.after_event, EXISTS(SELECT 1 FROM events e WHERE e.list = s.list AND e.item = s.item AND e.user = s.user AND e.is_reward)
        FROM (SELECT * FROM showings WHERE is_plain ORDER BY seq DESC LIMIT ?1) s ORDER BY s.list, s.position
        """,
        static row => new StoredShowing(row.Text(0), row.Text(1), row.Text(2), row.Number(3), row.Integer(4), row.Integer(5) != 0),
        most);

    public List<StoredVersion> Versions() => _connection.Rows(
        "SELECT version, is_current, epoch, last_event, body FROM versions ORDER BY version",
        static row => new StoredVersion(row.Integer(0), row.Integer(1) != 0, row.Integer(2), row.Integer(3), WireMessageSerializer.Deserialize<BuildResponse>(row.Bytes(4))));

    public void PutVersion(StoredVersion version) => _connection.Execute(
        "INSERT OR REPLACE INTO versions(version, is_current, epoch, last_event, body) VALUES(?1, ?2, ?3, ?4, ?5)",
        version.Version, version.IsCurrent, version.Epoch, version.LastEvent, WireMessageSerializer.ToArray(version.Built));

    public void DeleteVersion(long version) => _connection.Execute("DELETE FROM versions WHERE version = ?1", version);

    private static InteractionEvent ToEvent(DatabaseRow row)
    {
        var (user, id) = (row.Text(0), row.TextOrNull(6));

        // An app's names for events are of one user each.
        return new InteractionEvent
        {
            User = user, Item = row.Text(1), Type = row.Text(2), Weight = row.Number(3), Time = row.Integer(4), Session = row.TextOrNull(5), Key = id is null ? null : $"{user}\n{id}",
        };
    }
}
