using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>
/// Learns a person's glucose from the journal, within a transaction: what is new since the last time, on top of what was kept then. Alerts and forecasts share it, so that a reading is learnt once.
/// Thread-safe.
/// </summary>
internal sealed class GlucoseLearner(MasterKey master, HealthOptions options, TimeProvider time)
{
    // Where nothing was learnt yet, or what was learnt is outdated.
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(365);

    private const string Select =
        "SELECT time, source, flag, payload FROM (SELECT time, source, flag, payload FROM sample WHERE person = ?1 AND type = ?2 AND time > ?3 AND time < ?4 ORDER BY time DESC, source DESC LIMIT ?5) "
        + "ORDER BY time, source";

    /// <summary>Learns what there is to learn, the newest <c>health:max_summary_samples</c> readings at most, and keeps it.</summary>
    /// <param name="database">The database, in the transaction.</param>
    /// <param name="person">Whose glucose.</param>
    /// <param name="known">What was learnt before, which goes on; null for a new start.</param>
    /// <param name="taken">Told of each reading that was taken, with what is learnt up to it; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is learnt now, and how many readings were read.</returns>
    public (LearntGlucose Learnt, int Count) Learn(DatabaseConnection database, Person person, LearntGlucose? known, Action<Sample, LearntGlucose>? taken, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (learnt, count, sealer) = (known ?? LearntGlucose.Nothing, 0, new SampleSealer(person, master));
        database.Read(
            Select,
            row =>
            {
                count++;
                var sample = sealer.Open(row.Span(3), SampleTypes.Glucose, row.Integer(0), row.Span(1), row.TextOrNull(2));
                var before = learnt.LastTime;
                learnt = learnt.Take(sample);
                if (learnt.LastTime != before) taken?.Invoke(sample, learnt);
            },
            cancellationToken,
            person.Row, SampleTypes.Glucose.Name, Math.Max(learnt.Until, (now - LooksBack).ToUnixTimeMilliseconds()), now.AddHours(1).ToUnixTimeMilliseconds(), options.MaxSummarySamples);
        if (count > 0) ForecastTable.Keep(database, person, learnt);
        return (learnt, count);
    }
}
