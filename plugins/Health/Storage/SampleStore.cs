using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>
/// Keeps samples, one of each person, source, time and type. Types and times are in the clear, so that ranges can be found; values, units, sources and persons are not.
/// Every access is put on record in the same transaction. Thread-safe.
/// </summary>
internal sealed class SampleStore(PluginDatabase database, PersonTable persons, MasterKey master, AccessLog log, AlertJudge alerts, AlertSignal signal)
{
    private const string RecordPurpose = "record";

    // What was corrected takes the place of what could not be.
    private const string Insert =
        "INSERT INTO sample (person, type, time, source, flag, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
        + "ON CONFLICT (person, type, time, source) DO UPDATE SET flag = NULL, payload = excluded.payload WHERE sample.flag IS NOT NULL AND excluded.flag IS NULL";

    private const string Select = "SELECT time, source, flag, payload FROM sample WHERE person = ?1 AND type = ?2 ";

    /// <summary>Keeps samples, all or none; on the disk when the task has completed.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="context">Who writes.</param>
    /// <param name="goesOn">Whether these are the next ones of a call that has begun, so that it is not refused because others wait.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>How many count and how many were there already; flagged ones are neither.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: the app may not write one of the types; or as the database says.</exception>
    public async Task<(int Accepted, int Duplicates)> AddAsync(string person, IReadOnlyList<Sample> samples, CapabilityContext context, bool goesOn, CancellationToken cancellationToken)
    {
        DataGrants.CheckWrite(context, samples);
        (int, int, int) Work(DatabaseConnection connection) => connection.Transaction(() => Add(connection, person, samples, context, cancellationToken), cancellationToken);
        var (accepted, duplicates, written) = await (goesOn ? database.GoOnAsync(Work, cancellationToken) : database.UseAsync(Work, cancellationToken)).ConfigureAwait(false);
        if (written > 0) signal.Raise();
        return (accepted, duplicates);
    }

    /// <summary>Reads the samples of a stretch of time, by type and time; empty where nothing is kept of the person.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="from">The first time, in milliseconds since 1970 (UTC).</param>
    /// <param name="until">The time after the last one.</param>
    /// <param name="types">The types that are read.</param>
    /// <param name="most">How many are read at most.</param>
    /// <param name="context">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: there are more.</exception>
    public Task<List<Sample>> ReadAsync(
        string person, long from, long until, IReadOnlyList<SampleType> types, int most, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return [];
            var (sealer, samples) = (new SampleSealer(owner, master), new List<Sample>());
            foreach (var type in types)
            {
                // Of one type at a time, so that the index leads from the first time to the last.
                connection.Read(
                    Select + "AND time >= ?3 AND time < ?4 ORDER BY time, source",
                    row =>
                    {
                        if (samples.Count == most)
                            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"There are more than {most} samples. Ask for a shorter time, or raise the plugin's setting 'health:max_summary_samples'.");
                        samples.Add(Open(row, sealer, type));
                    },
                    cancellationToken,
                    owner.Row, type.Name, from, until);
            }

            log.Read(connection, owner, context, samples.Count, [.. types.Select(static type => type.Name)]);
            return samples;
        },
        cancellationToken);

    /// <summary>Reads everything of a person and type in pages, by time; a page that is not full is the last.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="type">The type.</param>
    /// <param name="after">Where the page before ended; null for the first one.</param>
    /// <param name="most">Samples of a page.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public Task<(List<Sample> Samples, PagePlace? Last)> ReadPageAsync(string person, SampleType type, PagePlace? after, int most, CancellationToken cancellationToken) => Step<PagePlace?, (List<Sample>, PagePlace?)>(after, connection =>
    {
        using var owner = persons.Find(connection, person);
        if (owner is null) return ([], after);
        var (sealer, last) = (new SampleSealer(owner, master), after);
        var samples = connection.Rows(
            Select + "AND (time, source) > (?3, ?4) ORDER BY time, source LIMIT ?5",
            row =>
            {
                last = new PagePlace(row.Integer(0), row.Bytes(1));
                return Open(row, sealer, type);
            },
            owner.Row, type.Name, after?.Time ?? long.MinValue, after?.Source ?? [], most);
        return (samples, last);
    }, cancellationToken);

    /// <summary>Reads the record of accesses in pages, by row; an empty page is the last.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="after">The last row of the page before; 0 for the first one.</param>
    /// <param name="most">Lines of a page.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public Task<(List<HealthAccess> Lines, long Last)> ReadAccessesAsync(string person, long after, int most, CancellationToken cancellationToken) => Step<long, (List<HealthAccess>, long)>(after, connection =>
    {
        using var owner = persons.Find(connection, person);
        return owner is null ? ([], after) : AccessLog.Read(connection, owner, after, most);
    }, cancellationToken);

    /// <summary>Puts a reading that goes over several pages on record.</summary>
    public Task<bool> LogAsync(string person, CapabilityContext context, long samples, IReadOnlyList<string> types, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is not null) log.Read(connection, owner, context, samples, types);
            return owner is not null;
        },
        cancellationToken);

    /// <summary>Erases a person: samples, waves, record, alerts, what was chosen of them, what was learnt, and key, in the database and in its log.</summary>
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
                connection.Execute("DELETE FROM alert_settings WHERE person = ?1", owner.Row);
                connection.Execute("DELETE FROM forecast WHERE person = ?1", owner.Row);
                connection.Execute("DELETE FROM person WHERE id = ?1", owner.Row);
                return (samples, waves);
            },
            cancellationToken).ConfigureAwait(false);

        // What is gone must be gone from the log as well, also if the caller no longer waits.
        await database.CheckpointAsync(CancellationToken.None).ConfigureAwait(false);
        return erased;
    }

    private static Sample Open(DatabaseRow row, SampleSealer sealer, SampleType type) => sealer.Open(row.Span(3), type, row.Integer(0), row.Span(1), row.TextOrNull(2));

    // The first step of a call waits like any other; those that follow are not refused because others wait.
    private Task<T> Step<TPlace, T>(TPlace after, Func<DatabaseConnection, T> work, CancellationToken cancellationToken)
        => EqualityComparer<TPlace>.Default.Equals(after, default) ? database.UseAsync(work, cancellationToken) : database.GoOnAsync(work, cancellationToken);

    private (int Accepted, int Duplicates, int Alerts) Add(DatabaseConnection connection, string person, IReadOnlyList<Sample> samples, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var owner = persons.FindOrAdd(connection, person);
        var sealer = new SampleSealer(owner, master);
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

            var source = sealer.TagOf(sample.Source);
            if (connection.Execute(Insert, owner.Row, sample.Type.Name, sample.Time, source, sample.Flag, sealer.Seal(sample, source)) == 0) duplicates++;
            else if (sample.Flag is null) added.Add(sample);
        }

        log.Changed(connection, owner, context, samples.Count, [.. samples.Select(static sample => sample.Type.Name).Distinct()]);
        ForecastTable.Outdate(connection, owner, added);
        return (added.Count, duplicates, alerts.Look(connection, owner, added, cancellationToken));
    }
}
