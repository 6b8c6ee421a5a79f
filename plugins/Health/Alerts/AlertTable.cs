using System.Globalization;
using System.Text;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;

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
    public int Look(DatabaseConnection database, Person person, IEnumerable<Sample> kept)
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
    public static List<RaisedAlert> Read(DatabaseConnection database, Person person, long after, int most)
        => database.Rows(
            "SELECT id, payload FROM alert WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            row =>
            {
                var parts = Encoding.UTF8.GetString(person.Key.Decrypt(row.Span(1), AlertPlace)).Split('\n', 5);
                return new RaisedAlert(
                    row.Integer(0), parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture),
                    double.Parse(parts[3], CultureInfo.InvariantCulture), parts[4]);
            },
            person.Row, after, most);

    private static int Look(DatabaseConnection database, Person person, AlertRule rule, List<Sample> samples)
    {
        var before = database.First(
            "SELECT payload FROM alert_state WHERE person = ?1 AND rule = ?2", row => AlertState.FromBytes(person.Key.Decrypt(row.Span(0), StatePlace)), AlertState.Start, person.Row, rule.Rule.Name);
        var (state, raised) = (before, 0);
        foreach (var sample in samples)
        {
            (state, var raises) = state.Take(rule, sample.Time, sample.Value);
            if (!raises) continue;
            raised++;
            var alert = FormattableString.Invariant($"{rule.Rule.Name}\n{state.Since ?? sample.Time}\n{sample.Time}\n{sample.Value:R}\n{sample.Source}");
            database.Execute("INSERT INTO alert (person, payload) VALUES (?1, ?2)", person.Row, person.Key.Encrypt(Encoding.UTF8.GetBytes(alert), AlertPlace));
        }

        if (state == before) return raised;
        database.Execute(
            "INSERT INTO alert_state (person, rule, payload) VALUES (?1, ?2, ?3) ON CONFLICT (person, rule) DO UPDATE SET payload = excluded.payload",
            person.Row, rule.Rule.Name, person.Key.Encrypt(state.ToBytes(), StatePlace));
        return raised;
    }
}
