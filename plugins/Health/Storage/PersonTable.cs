using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>Finds persons by their names, which the database does not have. Thread-safe.</summary>
internal sealed class PersonTable(MasterKey master)
{
    private const string Purpose = "person";

    /// <summary>The person, or null if nothing was ever kept of one with the name.</summary>
    public Person? Find(DatabaseConnection database, string name)
    {
        var tag = master.TagOf(Purpose, name);
        return database.First("SELECT id, key FROM person WHERE tag = ?1", row => new Person(row.Integer(0), tag, master.Open(tag, row.Bytes(1))), null, tag);
    }

    /// <summary>The person, made with a key of its own if there is none. Called within a transaction that writes.</summary>
    public Person FindOrAdd(DatabaseConnection database, string name)
    {
        if (Find(database, name) is { } known) return known;
        var tag = master.TagOf(Purpose, name);
        var key = master.Create(tag, out var wrapped);
        database.Execute("INSERT INTO person (tag, key) VALUES (?1, ?2)", tag, wrapped);
        return new Person(database.LastRow, tag, key);
    }
}
