using System.Globalization;
using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Access;

/// <summary>
/// The record of who wrote and read a person's data, encrypted with the person's key and kept in the same transaction as what it is about. What is read is on record in the host's audit log as
/// well, which the device's owner reads and which outlives an erasure: types and numbers, no names and no values. Thread-safe.
/// </summary>
internal sealed class AccessLog(TimeProvider time)
{
    private static readonly byte[] Place = "access"u8.ToArray();

    /// <summary>Puts a reading on record.</summary>
    public void Read(DatabaseConnection database, Person person, CapabilityContext context, long samples, IReadOnlyList<string> types)
    {
        context.RecordAccess(FormattableString.Invariant($"read {samples} of {string.Join(',', types)}"));
        Add(database, person, context, samples, types);
    }

    /// <summary>Puts on record what was written, or what was done without reading.</summary>
    public void Changed(DatabaseConnection database, Person person, CapabilityContext context, long samples, IReadOnlyList<string> types)
        => Add(database, person, context, samples, types);

    /// <summary>The lines after one, at most as many as wanted, with the last one's row.</summary>
    public static (List<HealthAccess> Lines, long Last) Read(DatabaseConnection database, Person person, long after, int most)
    {
        var lines = database.Rows(
            "SELECT id, time, payload FROM audit WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            row =>
            {
                after = row.Integer(0);
                var parts = Encoding.UTF8.GetString(person.Key.Decrypt(row.Span(2), Place)).Split('\n', 4);
                return new HealthAccess
                {
                    Time = row.Integer(1),
                    Samples = long.Parse(parts[0], CultureInfo.InvariantCulture),
                    Method = parts[1],
                    App = parts[2],

                    // Lines of older versions do not say it.
                    Types = parts.Length > 3 ? parts[3].Split(',', StringSplitOptions.RemoveEmptyEntries) : [],
                };
            },
            person.Row, after, most);
        return (lines, after);
    }

    private void Add(DatabaseConnection database, Person person, CapabilityContext context, long samples, IReadOnlyList<string> types)
    {
        var line = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{samples}\n{context.Method}\n{context.App.Name}\n{string.Join(',', types)}"));
        database.Execute(
            "INSERT INTO audit (person, time, payload) VALUES (?1, ?2, ?3)", person.Row, time.GetUtcNow().ToUnixTimeMilliseconds(), person.Key.Encrypt(line, Place));
    }
}
