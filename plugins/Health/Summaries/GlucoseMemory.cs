using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Learns a person's glucose from the journal: what is new since the last time, on top of what was kept then. Thread-safe.</summary>
internal sealed class GlucoseMemory(PluginDatabase database, PersonTable persons, MasterKey master, AccessLog log, HealthOptions options, TimeProvider time)
{
    // Where nothing was learnt yet, or what was learnt is outdated.
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(365);

    /// <summary>Learns what there is to learn, and keeps it.</summary>
    /// <param name="person">Whose glucose.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="cancellationToken">Stops it; what was learnt before stays.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: there is more than <c>health:max_summary_samples</c> to read; or as the database says.</exception>
    public Task<LearntGlucose> LearnAsync(string person, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return LearntGlucose.Nothing;
            var now = time.GetUtcNow();
            var learnt = ForecastTable.Find(connection, owner) ?? LearntGlucose.Nothing;
            var (sealer, count, from) = (new SampleSealer(owner, master), 0, Math.Max(learnt.Until, (now - LooksBack).ToUnixTimeMilliseconds()));
            connection.Read(
                "SELECT time, source, flag, payload FROM sample WHERE person = ?1 AND type = ?2 AND time > ?3 AND time < ?4 ORDER BY time, source",
                row =>
                {
                    if (count++ == options.MaxSummarySamples)
                        throw new EdgeHostException(ErrorCode.ResourceExhausted, $"There are more than {options.MaxSummarySamples} readings of glucose to learn from. Raise the plugin's setting 'health:max_summary_samples'.");
                    learnt = learnt.Take(sealer.Open(row.Span(3), SampleTypes.Glucose, row.Integer(0), row.Span(1), row.TextOrNull(2)));
                },
                cancellationToken,
                owner.Row, SampleTypes.Glucose.Name, from, now.AddHours(1).ToUnixTimeMilliseconds());
            if (count > 0) ForecastTable.Keep(connection, owner, learnt);
            log.Read(connection, owner, context, count, [SampleTypes.Glucose.Name]);
            return learnt;
        },
        cancellationToken);
}
