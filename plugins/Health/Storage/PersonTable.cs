using SQLitePCL;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>Finds persons by their names, which the database does not have. Thread-safe.</summary>
internal sealed class PersonTable(MasterKey master)
{
    private const string Purpose = "person";

    /// <summary>The person, or null if nothing was ever kept of one with the name.</summary>
    public Person? Find(sqlite3 database, string name)
    {
        var tag = master.TagOf(Purpose, name);
        using var select = new Statement(database, "SELECT id, key FROM person WHERE tag = ?1");
        return select.Bind(tag).Step() ? new Person(select.Integer(0), tag, master.Open(tag, select.Bytes(1))) : null;
    }

    /// <summary>The person, made with a key of its own if there is none. Called within a transaction that writes.</summary>
    public Person FindOrAdd(sqlite3 database, string name)
    {
        if (Find(database, name) is { } known) return known;
        var tag = master.TagOf(Purpose, name);
        var key = master.Create(tag, out var wrapped);
        using var insert = new Statement(database, "INSERT INTO person (tag, key) VALUES (?1, ?2)");
        insert.Bind(tag, wrapped).Run();
        return new Person(raw.sqlite3_last_insert_rowid(database), tag, key);
    }
}
