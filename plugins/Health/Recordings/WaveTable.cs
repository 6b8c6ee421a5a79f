using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>
/// Waves within a transaction. Kinds and start times are in the clear, so that stretches can be found; names, sources, samples and annotations are not.
/// </summary>
internal static class WaveTable
{
    /// <summary>Samples of a part: 256 KiB before they are encrypted.</summary>
    public const int PartSamples = 65_536;

    private const string Columns = "SELECT id, kind, time, tag, payload FROM wave";

    // Until its length is known; never seen by another transaction.
    private static readonly byte[] Undescribed = [0];

    /// <summary>Makes the row of a wave.</summary>
    /// <returns>Its number, or null where the wave is there already, whose number is the second value then.</returns>
    public static (long? Added, long Id) Add(DatabaseConnection database, Person person, WaveInfo wave, byte[] tag)
    {
        var kind = KindOf(wave);
        if (database.Execute("INSERT INTO wave (person, kind, time, tag, payload) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING", person.Row, kind, wave.Time, tag, Undescribed) > 0)
        {
            var added = database.LastRow;
            return (added, added);
        }

        return (null, database.Integer("SELECT id FROM wave WHERE person = ?1 AND kind = ?2 AND time = ?3 AND tag = ?4", person.Row, kind, wave.Time, tag));
    }

    /// <summary>Adds a part of the samples.</summary>
    public static void AddPart(DatabaseConnection database, Person person, WaveInfo wave, byte[] tag, long id, long part, ReadOnlySpan<float> samples)
        => database.Execute(
            "INSERT INTO wave_part (wave, part, payload) VALUES (?1, ?2, ?3)",
            id, part, person.Key.Encrypt(WaveCodec.Write(samples), WaveCodec.PlaceOf(KindOf(wave), wave.Time, tag, "part", part)));

    /// <summary>Says what a wave is, once its length is known.</summary>
    public static void Describe(DatabaseConnection database, Person person, WaveInfo wave, byte[] tag, RecordedWave description)
        => database.Execute(
            "UPDATE wave SET payload = ?2, annotations = ?3 WHERE id = ?1",
            description.Id,
            person.Key.Encrypt(WaveCodec.Write(description), WaveCodec.PlaceOf(KindOf(wave), wave.Time, tag, "is")),
            person.Key.Encrypt(WaveCodec.Write(wave.Annotations), WaveCodec.PlaceOf(KindOf(wave), wave.Time, tag, "annotations")));

    /// <summary>Waves of a kind by start time, at most as many as wanted.</summary>
    public static List<RecordedWave> List(DatabaseConnection database, Person person, WaveKind kind, long from, long until, int most)
        => database.Rows(
            $"{Columns} WHERE person = ?1 AND kind = ?2 AND time >= ?3 AND time < ?4 ORDER BY time, id LIMIT ?5", row => Open(row, person), person.Row, kind.ToString(), from, until, most);

    /// <summary>The next wave after a number, or null.</summary>
    public static RecordedWave? Next(DatabaseConnection database, Person person, long after)
        => database.First<RecordedWave?>($"{Columns} WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT 1", row => Open(row, person), null, person.Row, after);

    /// <summary>A wave, or null.</summary>
    public static RecordedWave? Find(DatabaseConnection database, Person person, long id)
        => database.First<RecordedWave?>($"{Columns} WHERE person = ?1 AND id = ?2", row => Open(row, person), null, person.Row, id);

    /// <summary>The annotations of a wave, by their samples.</summary>
    public static List<WaveAnnotation> Annotations(DatabaseConnection database, Person person, long id)
        => database.First(
            "SELECT kind, time, tag, annotations FROM wave WHERE person = ?1 AND id = ?2",
            row => WaveCodec.ReadAnnotations(person.Key.Decrypt(row.Span(3), WaveCodec.PlaceOf(row.Text(0), row.Integer(1), row.Span(2), "annotations"))),
            [],
            person.Row, id);

    /// <summary>A part of the samples, or null.</summary>
    public static float[]? Part(DatabaseConnection database, Person person, long id, long part)
        => database.First<float[]?>(
            "SELECT wave.kind, wave.time, wave.tag, wave_part.payload FROM wave_part JOIN wave ON wave.id = wave_part.wave WHERE wave.person = ?1 AND wave.id = ?2 AND wave_part.part = ?3",
            row => WaveCodec.ReadSamples(person.Key.Decrypt(row.Span(3), WaveCodec.PlaceOf(row.Text(0), row.Integer(1), row.Span(2), "part", part))),
            null,
            person.Row, id, part);

    private static string KindOf(WaveInfo wave) => wave.Kind.ToString();

    private static RecordedWave Open(DatabaseRow row, Person person)
        => WaveCodec.Read(person.Key.Decrypt(row.Span(4), WaveCodec.PlaceOf(row.Text(1), row.Integer(2), row.Span(3), "is")));
}
