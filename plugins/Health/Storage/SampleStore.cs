using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>
/// Keeps samples, one of each person, source, time and type. Types and times are in the clear, so that ranges can be found; values, units, sources and persons are not.
/// Every access is put on record in the same transaction. Thread-safe.
/// </summary>
internal sealed class SampleStore(PluginDatabase database, PersonTable persons, MasterKey master, AccessLog log, AlertTable alerts, AlertSignal signal)
{
    private const string SourcePurpose = "source";
    private const string RecordPurpose = "record";

    // What was corrected takes the place of what could not be.
    private const string Insert =
        "INSERT INTO sample (person, type, time, source, flag, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
        + "ON CONFLICT (person, type, time, source) DO UPDATE SET flag = NULL, payload = excluded.payload WHERE sample.flag IS NOT NULL AND excluded.flag IS NULL";

    /// <summary>Keeps samples, all or none; on the disk when the task has completed.</summary>
    /// <returns>How many count and how many were there already; flagged ones are neither.</returns>
    public async Task<(int Accepted, int Duplicates)> AddAsync(string person, IReadOnlyList<Sample> samples, CapabilityContext context, CancellationToken cancellationToken)
    {
        var (accepted, duplicates, raised) = await database.WriteAsync(connection => Add(connection, person, samples, context, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (raised > 0) signal.Raise();
        return (accepted, duplicates);
    }

    /// <summary>Reads the alerts after one; empty where there are none.</summary>
    public Task<List<RaisedAlert>> ReadAlertsAsync(string person, long after, int most, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return [];
            var found = AlertTable.Read(connection, owner, after, most);
            if (found.Count > 0) log.Add(connection, owner, context, found.Count);
            return found;
        },
        cancellationToken);

    /// <summary>Reads the samples of a stretch of time, by type and time; empty where nothing is kept of the person.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="from">The first time, in milliseconds since 1970 (UTC).</param>
    /// <param name="until">The time after the last one.</param>
    /// <param name="type">Only this type, or null for all.</param>
    /// <param name="most">How many are read at most.</param>
    /// <param name="context">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: there are more.</exception>
    public Task<List<Sample>> ReadAsync(string person, long from, long until, string? type, int most, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return [];
            var samples = new List<Sample>();
            connection.Read(
                "SELECT id, type, time, source, flag, payload FROM sample WHERE person = ?1 AND time >= ?2 AND time < ?3 AND (?4 IS NULL OR type = ?4) ORDER BY type, time, id",
                row =>
                {
                    if (samples.Count == most)
                        throw new EdgeHostException(ErrorCode.ResourceExhausted, $"There are more than {most} samples. Ask for a shorter time, or raise the plugin's setting 'health:max_summary_samples'.");
                    samples.Add(Open(row, owner));
                },
                cancellationToken,
                owner.Row, from, until, type);
            log.Add(connection, owner, context, samples.Count);
            return samples;
        },
        cancellationToken);

    /// <summary>Reads everything of a person in pages, by row; an empty page is the last.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="after">The last row of the page before; 0 for the first one.</param>
    /// <param name="most">Samples of a page.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public Task<(List<Sample> Samples, long Last)> ReadPageAsync(string person, long after, int most, CancellationToken cancellationToken) => database.ReadAsync<(List<Sample>, long)>(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return ([], after);
            var last = after;
            var samples = connection.Rows(
                "SELECT id, type, time, source, flag, payload FROM sample WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
                row =>
                {
                    last = row.Integer(0);
                    return Open(row, owner);
                },
                owner.Row, after, most);
            return (samples, last);
        },
        cancellationToken);

    /// <summary>Reads the record of accesses in pages.</summary>
    /// <inheritdoc cref="ReadPageAsync"/>
    public Task<(List<HealthAccess> Lines, long Last)> ReadAccessesAsync(string person, long after, int most, CancellationToken cancellationToken) => database.ReadAsync<(List<HealthAccess>, long)>(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            return owner is null ? ([], after) : AccessLog.Read(connection, owner, after, most);
        },
        cancellationToken);

    /// <summary>Puts a reading that goes over several pages on record.</summary>
    public Task<bool> LogAsync(string person, CapabilityContext context, long samples, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is not null) log.Add(connection, owner, context, samples);
            return owner is not null;
        },
        cancellationToken);

    /// <summary>Erases a person: samples, waves, record and key, in the database and in its log.</summary>
    /// <returns>How many samples and waves were erased.</returns>
    public async Task<(long Samples, long Waves)> EraseAsync(string person, CancellationToken cancellationToken)
    {
        var erased = await database.WriteAsync(
            connection =>
            {
                using var owner = persons.Find(connection, person);
                if (owner is null) return (0L, 0L);
                var samples = connection.Execute("DELETE FROM sample WHERE person = ?1", owner.Row);
                var waves = connection.Execute("DELETE FROM wave WHERE person = ?1", owner.Row);
                connection.Execute("DELETE FROM device_record WHERE person = ?1", owner.Row);
                connection.Execute("DELETE FROM audit WHERE person = ?1", owner.Row);
                connection.Execute("DELETE FROM alert WHERE person = ?1", owner.Row);
                connection.Execute("DELETE FROM alert_state WHERE person = ?1", owner.Row);
                connection.Execute("DELETE FROM person WHERE id = ?1", owner.Row);
                return (samples, waves);
            },
            cancellationToken).ConfigureAwait(false);

        // What is gone must be gone from the log as well, also if the caller no longer waits.
        await database.CheckpointAsync(CancellationToken.None).ConfigureAwait(false);
        return erased;
    }

    private (int Accepted, int Duplicates, int Raised) Add(DatabaseConnection connection, string person, IReadOnlyList<Sample> samples, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var owner = persons.FindOrAdd(connection, person);
        var sources = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var (duplicates, added) = (0, new List<Sample>());
        foreach (var sample in samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (sample.Identity is { } identity
                && connection.Execute("INSERT INTO device_record (person, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING", owner.Row, master.TagOf(RecordPurpose, identity)) == 0)
            {
                duplicates++;
                continue;
            }

            if (!sources.TryGetValue(sample.Source, out var source)) sources[sample.Source] = source = master.TagOf(SourcePurpose, sample.Source);
            var payload = owner.Key.Encrypt(SampleCodec.Write(sample), SampleCodec.PlaceOf(sample.Type.Name, sample.Time, source, sample.Flag));
            if (connection.Execute(Insert, owner.Row, sample.Type.Name, sample.Time, source, sample.Flag, payload) == 0) duplicates++;
            else if (sample.Flag is null) added.Add(sample);
        }

        log.Add(connection, owner, context, samples.Count);
        return (added.Count, duplicates, alerts.Look(connection, owner, added));
    }

    private static Sample Open(DatabaseRow row, Person owner)
    {
        var (name, time, flag) = (row.Text(1), row.Integer(2), row.TextOrNull(4));
        if (!SampleTypes.All.TryGetValue(name, out var type))
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"There are samples of a type '{name}', which a newer host has kept. Use the newer host.");
        return SampleCodec.Read(owner.Key.Decrypt(row.Span(5), SampleCodec.PlaceOf(name, time, row.Span(3), flag)), type, time, flag);
    }
}
