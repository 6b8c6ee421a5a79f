using System.Globalization;
using System.Text;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using SQLitePCL;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>
/// Raises alerts in the transaction that keeps the samples: a sample that is there was looked at, and an alert is there once. Alerts and the rules' states are
/// encrypted with the person's key. Thread-safe.
/// </summary>
internal sealed class AlertTable(TimeProvider time, HealthOptions options)
{
    private static readonly byte[] StatePlace = "alert state"u8.ToArray();
    private static readonly byte[] AlertPlace = "alert"u8.ToArray();

    /// <summary>Looks at samples that were just kept.</summary>
    /// <returns>How many alerts were raised.</returns>
    public int Look(sqlite3 database, Person person, IEnumerable<Sample> kept)
    {
        var raised = 0;

        // Nobody is woken by what an import tells of last year.
        var oldest = time.GetUtcNow().AddHours(-options.AlertMaxAgeHours).ToUnixTimeMilliseconds();
        foreach (var group in kept.Where(sample => sample.Flag is null && sample.Time >= oldest).GroupBy(static sample => sample.Type.Name, StringComparer.Ordinal))
        {
            List<Sample> samples = [.. group.OrderBy(static sample => sample.Time)];
            foreach (var rule in AlertRules.All.Where(rule => rule.Type == group.Key)) raised += Look(database, person, rule, samples);
        }

        return raised;
    }

    /// <summary>The alerts after one, in the order in which they were raised.</summary>
    public static List<RaisedAlert> Read(sqlite3 database, Person person, long after, int most)
    {
        using var select = new Statement(database, "SELECT id, payload FROM alert WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT ?3");
        select.Bind(person.Row, after, most);
        var alerts = new List<RaisedAlert>();
        while (select.Step())
        {
            var parts = Encoding.UTF8.GetString(person.Key.Decrypt(select.Bytes(1), AlertPlace)).Split('\n', 5);
            alerts.Add(new RaisedAlert(
                select.Integer(0), parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture),
                double.Parse(parts[3], CultureInfo.InvariantCulture), parts[4]));
        }

        return alerts;
    }

    private static int Look(sqlite3 database, Person person, AlertRule rule, List<Sample> samples)
    {
        using var select = new Statement(database, "SELECT payload FROM alert_state WHERE person = ?1 AND rule = ?2");
        var before = select.Bind(person.Row, rule.Rule.Name).Step() ? AlertState.FromBytes(person.Key.Decrypt(select.Bytes(0), StatePlace)) : AlertState.Start;
        var (state, raised) = (before, 0);
        foreach (var sample in samples)
        {
            (state, var raises) = state.Take(rule, sample.Time, sample.Value);
            if (!raises) continue;
            raised++;
            using var insert = new Statement(database, "INSERT INTO alert (person, payload) VALUES (?1, ?2)");
            var alert = FormattableString.Invariant($"{rule.Rule.Name}\n{state.Since ?? sample.Time}\n{sample.Time}\n{sample.Value:R}\n{sample.Source}");
            insert.Bind(person.Row, person.Key.Encrypt(Encoding.UTF8.GetBytes(alert), AlertPlace)).Run();
        }

        if (state == before) return raised;
        using var update = new Statement(database, "INSERT INTO alert_state (person, rule, payload) VALUES (?1, ?2, ?3) ON CONFLICT (person, rule) DO UPDATE SET payload = excluded.payload");
        update.Bind(person.Row, rule.Rule.Name, person.Key.Encrypt(state.ToBytes(), StatePlace)).Run();
        return raised;
    }
}
