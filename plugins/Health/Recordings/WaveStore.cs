using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>Keeps recorded waves, one of each person, kind, start, source and name, encrypted in parts. Every access is put on record in the same transaction. Thread-safe.</summary>
internal sealed class WaveStore(PluginDatabase database, PersonTable persons, MasterKey master, AccessLog log)
{
    private const string Purpose = "wave";

    /// <summary>Keeps the waves of a record, all or none; on the disk when the task has completed.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="record">The record; read within the call, on another thread.</param>
    /// <param name="context">Who writes.</param>
    /// <param name="cancellationToken">Stops it; nothing of the record is kept then.</param>
    /// <returns>The waves of the record as they are kept, and how many of them were there before.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: the app may not write one of the kinds; or as the record and the database say.</exception>
    public Task<(List<RecordedWave> Waves, int Duplicates)> AddAsync(string person, IWaveRecord record, CapabilityContext context, CancellationToken cancellationToken)
    {
        foreach (var kind in record.Waves.Select(static wave => wave.Kind).Distinct()) DataGrants.CheckWrite(context, DataGrants.NameOf(kind));
        return database.WriteAsync(connection => Add(connection, person, record, context, cancellationToken), cancellationToken);
    }

    /// <summary>Lists waves of some kinds by start time; empty where nothing is kept of the person.</summary>
    public Task<List<RecordedWave>> ListAsync(string person, IReadOnlyList<WaveKind> kinds, long from, long until, int most, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync<List<RecordedWave>>(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null) return [];
            log.Read(connection, owner, context, 0, [.. kinds.Select(DataGrants.NameOf)]);
            return [.. kinds.SelectMany(kind => WaveTable.List(connection, owner, kind, from, until, most)).OrderBy(static wave => wave.Time).ThenBy(static wave => wave.Id).Take(most)];
        },
        cancellationToken);

    /// <summary>Finds a part of a wave and puts on record that it is read.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such wave; <see cref="ErrorCode.PermissionDenied"/>: the app may not read its kind; <see cref="ErrorCode.InvalidArgument"/>: it has no such part.</exception>
    public Task<WaveExcerpt> OpenAsync(string person, long id, double fromMs, double? untilMs, CapabilityContext context, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null || WaveTable.Find(connection, owner, id) is not { } wave) throw Missing(id);
            DataGrants.CheckRead(context, DataGrants.NameOf(wave.Kind));
            var length = wave.Samples * 1000 / wave.SampleRateHz;
            if (fromMs >= length || untilMs <= fromMs) throw new EdgeHostException(ErrorCode.InvalidArgument, $"'from_ms' to 'until_ms' is no part of the wave {id}, which has {length:0} ms.");
            var first = (long)(fromMs * wave.SampleRateHz / 1000);
            var end = untilMs is { } until && until < length ? Math.Max(first + 1, (long)(until * wave.SampleRateHz / 1000)) : wave.Samples;
            log.Read(connection, owner, context, end - first, [DataGrants.NameOf(wave.Kind)]);
            return new WaveExcerpt(wave, first, end, [.. WaveTable.Annotations(connection, owner, id).Where(one => one.Sample >= first && one.Sample < end).OrderBy(static one => one.Sample)]);
        },
        cancellationToken);

    /// <summary>Reads the samples of an excerpt, a part after the other.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the wave was erased meanwhile.</exception>
    public async IAsyncEnumerable<WavePart> ReadAsync(string person, WaveExcerpt excerpt, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var annotated = 0;
        for (var at = excerpt.First; at < excerpt.End;)
        {
            var (part, inside) = (at / WaveTable.PartSamples, (int)(at % WaveTable.PartSamples));
            var samples = await PartAsync(person, excerpt.Wave.Id, part, cancellationToken).ConfigureAwait(false);
            var count = (int)Math.Min(samples.Length - inside, excerpt.End - at);
            var before = annotated;
            while (annotated < excerpt.Annotations.Count && excerpt.Annotations[annotated].Sample < at + count) annotated++;
            yield return new WavePart
            {
                Wave = excerpt.Wave.Id,
                FirstSample = at,
                Signal = new HealthSignal(samples.AsMemory(inside, count)),
                Annotations = [.. excerpt.Annotations.Skip(before).Take(annotated - before)],
            };
            at += count;
        }
    }

    /// <summary>The next wave of some kinds after a number with its annotations, for an export; null after the last one. Not put on record.</summary>
    public Task<WaveExcerpt?> NextAsync(string person, long after, IReadOnlyList<WaveKind> kinds, CancellationToken cancellationToken) => database.ReadAsync<WaveExcerpt?>(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            if (owner is null || kinds.Count == 0) return null;
            var wave = WaveTable.Next(connection, owner, after);
            while (wave is not null && !kinds.Contains(wave.Kind)) wave = WaveTable.Next(connection, owner, wave.Id);
            return wave is null ? null : new WaveExcerpt(wave, 0, wave.Samples, [.. WaveTable.Annotations(connection, owner, wave.Id).OrderBy(static one => one.Sample)]);
        },
        cancellationToken);

    /// <summary>Erases a wave, in the database and in its log.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no such wave.</exception>
    public async Task EraseAsync(string person, long id, CapabilityContext context, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            connection =>
            {
                using var owner = persons.Find(connection, person);
                if (owner is null || WaveTable.Find(connection, owner, id) is not { } wave) throw Missing(id);
                log.Changed(connection, owner, context, wave.Samples, [DataGrants.NameOf(wave.Kind)]);
                return connection.Execute("DELETE FROM wave WHERE person = ?1 AND id = ?2", owner.Row, id);
            },
            cancellationToken).ConfigureAwait(false);
        await database.CheckpointAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static EdgeHostException Missing(long id) => new(ErrorCode.NotFound, $"There is no wave {id} of this person; '{HealthMethods.Waves}' lists those that are there.");

    private (List<RecordedWave> Waves, int Duplicates) Add(DatabaseConnection connection, string person, IWaveRecord record, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var owner = persons.FindOrAdd(connection, person);
        var tags = record.Waves.Select(wave => master.TagOf(Purpose, $"{wave.Source}\n{wave.Name}")).ToList();
        var rows = record.Waves.Select((wave, i) => WaveTable.Add(connection, owner, wave, tags[i])).ToList();
        var lengths = new long[rows.Count];
        foreach (var block in record.Read(WaveTable.PartSamples))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = block.Wave;
            if (rows[at].Added is { } id)
                WaveTable.AddPart(connection, owner, record.Waves[at], tags[at], id, lengths[at] / WaveTable.PartSamples, block.Samples.Span);
            lengths[at] += block.Samples.Length;
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (lengths[i] == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The signal '{record.Waves[i].Name}' has no sample.");
            if (rows[i].Added is { } id) WaveTable.Describe(connection, owner, record.Waves[i], tags[i], ToMessage(record.Waves[i], id, lengths[i]));
        }

        log.Changed(connection, owner, context, rows.Select((row, i) => row.Added is null ? 0 : lengths[i]).Sum(), [.. record.Waves.Select(static wave => DataGrants.NameOf(wave.Kind)).Distinct()]);
        return ([.. rows.Select(row => WaveTable.Find(connection, owner, row.Id)!)], rows.Count(static row => row.Added is null));
    }

    private static RecordedWave ToMessage(WaveInfo wave, long id, long samples) => new()
    {
        Id = id,
        Kind = wave.Kind,
        Time = wave.Time,
        UtcOffsetMinutes = wave.OffsetMinutes,
        SampleRateHz = wave.RateHz,
        Samples = samples,
        Unit = wave.Unit,
        Name = wave.Name,
        Source = wave.Source,
        Annotations = wave.Annotations.Count,
    };

    private Task<float[]> PartAsync(string person, long id, long part, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using var owner = persons.Find(connection, person);
            return owner is not null && WaveTable.Part(connection, owner, id, part) is { Length: > 0 } samples ? samples : throw Missing(id);
        },
        cancellationToken);
}
