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
        "SELECT until, payload, is_outdated FROM forecast WHERE person = ?1",
        row =>
        {
            var bytes = person.Key.Decrypt(row.Span(1), Place);
            if (bytes.Length < Header || GlucoseForecaster.TryRead(bytes.AsSpan(Header)) is not { } forecaster) return null;
            return new LearntGlucose(forecaster, row.Integer(0), BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8)), row.Integer(2) != 0);
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
            "INSERT INTO forecast (person, until, payload, is_outdated) VALUES (?1, ?2, ?3, ?4) "
            + "ON CONFLICT (person) DO UPDATE SET until = excluded.until, payload = excluded.payload, is_outdated = excluded.is_outdated",
            person.Row, learnt.Until, person.Key.Encrypt(bytes, Place), learnt.IsOutdated ? 1 : 0);
    }

    /// <summary>Puts on record that samples have come which what is learnt should have seen before: who needs it to the last reading learns from all anew.</summary>
    public static void Outdate(DatabaseConnection database, Person person, IEnumerable<Sample> added)
    {
        var first = added.Where(static sample => sample.Type == SampleTypes.Glucose).Select(static sample => sample.Time).DefaultIfEmpty(long.MaxValue).Min();
        if (first < long.MaxValue) database.Execute("UPDATE forecast SET is_outdated = 1 WHERE person = ?1 AND until >= ?2", person.Row, first);
    }
}
