using System.Buffers.Binary;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>What the forecaster has learnt of each person, encrypted with the person's key; up to which time is in the clear, as times of samples are. Within a transaction.</summary>
internal static class ForecastTable
{
    private const int Header = 8 + 8;

    private static readonly byte[] Place = "forecast"u8.ToArray();

    /// <summary>What was learnt, or null.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it is damaged.</exception>
    public static LearntGlucose? Find(DatabaseConnection database, Person person) => database.First(
        "SELECT until, payload FROM forecast WHERE person = ?1",
        row =>
        {
            var bytes = person.Key.Decrypt(row.Span(1), Place);
            if (bytes.Length < Header || GlucoseForecaster.TryRead(bytes.AsSpan(Header)) is not { } forecaster) return null;
            return new LearntGlucose(forecaster, row.Integer(0), BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8)));
        },
        null,
        person.Row);

    /// <summary>Keeps what was learnt.</summary>
    public static void Keep(DatabaseConnection database, Person person, LearntGlucose learnt)
    {
        var forecaster = learnt.Forecaster.ToBytes();
        var bytes = new byte[Header + forecaster.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, learnt.LastTime);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8), learnt.LastValue);
        forecaster.CopyTo(bytes, Header);
        database.Execute(
            "INSERT INTO forecast (person, until, payload) VALUES (?1, ?2, ?3) ON CONFLICT (person) DO UPDATE SET until = excluded.until, payload = excluded.payload",
            person.Row, learnt.Until, person.Key.Encrypt(bytes, Place));
    }

    /// <summary>Forgets what was learnt where samples have come that it should have learnt before: the next forecast learns from all anew.</summary>
    public static void Outdate(DatabaseConnection database, Person person, IEnumerable<Sample> added)
    {
        var first = added.Where(static sample => sample.Type == SampleTypes.Glucose).Select(static sample => sample.Time).DefaultIfEmpty(long.MaxValue).Min();
        if (first < long.MaxValue) database.Execute("DELETE FROM forecast WHERE person = ?1 AND until >= ?2", person.Row, first);
    }
}
