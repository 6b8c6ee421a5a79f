using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk;
using SQLitePCL;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>The record of who wrote and read a person's data, encrypted with the person's key and kept in the same transaction as what it is about. Thread-safe.</summary>
internal sealed class AccessLog(TimeProvider time)
{
    private static readonly byte[] Place = "access"u8.ToArray();

    /// <summary>Puts an access on record.</summary>
    public void Add(sqlite3 database, Person person, CapabilityContext context, long samples)
    {
        using var insert = new Statement(database, "INSERT INTO audit (person, time, payload) VALUES (?1, ?2, ?3)");
        var line = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{samples}\n{context.Method}\n{context.App.Name}"));
        insert.Bind(person.Row, time.GetUtcNow().ToUnixTimeMilliseconds(), person.Key.Encrypt(line, Place)).Run();
    }

    /// <summary>The lines after one, at most as many as wanted, with the last one's row.</summary>
    public static (List<HealthAccess> Lines, long Last) Read(sqlite3 database, Person person, long after, int most)
    {
        using var select = new Statement(database, "SELECT id, time, payload FROM audit WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
        select.Bind(person.Row, after, most);
        var lines = new List<HealthAccess>();
        while (select.Step())
        {
            after = select.Integer(0);
            var parts = Encoding.UTF8.GetString(person.Key.Decrypt(select.Bytes(2), Place)).Split('\n', 3);
            lines.Add(new HealthAccess { Time = select.Integer(1), Samples = long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Method = parts[1], App = parts[2] });
        }

        return (lines, after);
    }
}
