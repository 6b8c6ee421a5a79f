using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Keeps the entries of alerts, the states of rules and what persons have chosen, encrypted with the person's key. Its methods are called within a transaction.</summary>
internal static class AlertTable
{
    private static readonly byte[] StatePlace = "alert state"u8.ToArray();
    private static readonly byte[] AlertPlace = "alert"u8.ToArray();
    private static readonly byte[] SettingsPlace = "alert settings"u8.ToArray();

    /// <summary>Keeps an entry.</summary>
    /// <returns>Its number.</returns>
    public static long Add(DatabaseConnection database, Person person, AlertEntry entry)
    {
        database.Execute("INSERT INTO alert (person, payload) VALUES (?1, ?2)", person.Row, person.Key.Encrypt(AlertForms.Write(entry), AlertPlace));
        return database.LastRow;
    }

    /// <summary>The entries after one, in the order in which they were written.</summary>
    public static List<AlertEntry> Read(DatabaseConnection database, Person person, long after, int most)
        => database.Rows("SELECT id, payload FROM alert WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT ?3", row => Open(row, person), person.Row, after, most);

    /// <summary>An entry, or null where the person has none of the number.</summary>
    public static AlertEntry? Find(DatabaseConnection database, Person person, long id)
        => database.First<AlertEntry?>("SELECT id, payload FROM alert WHERE person = ?1 AND id = ?2", row => Open(row, person), null, person.Row, id);

    /// <summary>How far a rule is.</summary>
    public static AlertState ReadState(DatabaseConnection database, Person person, string rule) => database.First(
        "SELECT payload FROM alert_state WHERE person = ?1 AND rule = ?2", row => AlertState.FromBytes(person.Key.Decrypt(row.Span(0), StatePlace)), AlertState.Start, person.Row, rule);

    /// <summary>How far all rules are that have looked at anything.</summary>
    public static List<(string Rule, AlertState State)> ReadStates(DatabaseConnection database, Person person)
        => database.Rows("SELECT rule, payload FROM alert_state WHERE person = ?1", row => (row.Text(0), AlertState.FromBytes(person.Key.Decrypt(row.Span(1), StatePlace))), person.Row);

    /// <summary>Keeps how far a rule is.</summary>
    public static void WriteState(DatabaseConnection database, Person person, string rule, AlertState state) => database.Execute(
        "INSERT INTO alert_state (person, rule, payload) VALUES (?1, ?2, ?3) ON CONFLICT (person, rule) DO UPDATE SET payload = excluded.payload",
        person.Row, rule, person.Key.Encrypt(state.ToBytes(), StatePlace));

    /// <summary>What the person has chosen.</summary>
    public static AlertSettings ReadSettings(DatabaseConnection database, Person person) => FindSettings(database, person) ?? new AlertSettings();

    /// <summary>What the person has chosen, or null where it was never anything.</summary>
    public static AlertSettings? FindSettings(DatabaseConnection database, Person person) => database.First<AlertSettings?>(
        "SELECT payload FROM alert_settings WHERE person = ?1", row => AlertForms.ReadSettings(person.Key.Decrypt(row.Span(0), SettingsPlace)), null, person.Row);

    /// <summary>Keeps what the person has chosen.</summary>
    public static void WriteSettings(DatabaseConnection database, Person person, AlertSettings settings) => database.Execute(
        "INSERT INTO alert_settings (person, payload) VALUES (?1, ?2) ON CONFLICT (person) DO UPDATE SET payload = excluded.payload",
        person.Row, person.Key.Encrypt(AlertForms.Write(settings), SettingsPlace));

    private static AlertEntry Open(DatabaseRow row, Person person) => AlertForms.ReadEntry(person.Key.Decrypt(row.Span(1), AlertPlace)) with { Id = row.Integer(0) };
}
