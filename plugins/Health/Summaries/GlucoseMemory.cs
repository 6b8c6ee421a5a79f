using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>What is learnt of a person's glucose, to the last reading, for one who asks. Thread-safe.</summary>
internal sealed class GlucoseMemory(PluginDatabase database, PersonTable persons, AccessLog log, GlucoseLearner learner)
{
    /// <summary>Learns what there is to learn, and keeps it.</summary>
    /// <param name="person">Whose glucose.</param>
    /// <param name="context">Who asks.</param>
    /// <param name="cancellationToken">Stops it; what was learnt before stays.</param>
    /// <exception cref="EdgeHostException">As the database says.</exception>
    public Task<LearntGlucose> LearnAsync(string person, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return LearntGlucose.Nothing;
            var known = ForecastTable.Find(connection, owner) is { IsOutdated: false } kept ? kept : null;
            var (learnt, count) = learner.Learn(connection, owner, known, taken: null, cancellationToken);
            log.Read(connection, owner, context, count, [SampleTypes.Glucose.Name]);
            return learnt;
        },
        cancellationToken);
}
