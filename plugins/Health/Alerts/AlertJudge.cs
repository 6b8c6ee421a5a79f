using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Raises alerts in the transaction that keeps the samples: a sample that is there was looked at, and an alert is there once. Thread-safe.</summary>
internal sealed class AlertJudge(AlertClock clock, GlucoseWatch glucose)
{
    /// <summary>Looks at samples that were just kept.</summary>
    /// <returns>Entries that were written: those who wait for alerts are to be told once they are on the disk.</returns>
    public int Look(DatabaseConnection database, Person person, IReadOnlyList<Sample> kept, CancellationToken cancellationToken)
    {
        var oldest = clock.Oldest;
        var groups = kept.Where(static sample => sample.Flag is null).GroupBy(static sample => sample.Type.Name, StringComparer.Ordinal)
            .Where(static group => AlertRules.OfSamples.Contains(group.Key)).ToDictionary(static group => group.Key, static group => group.OrderBy(static sample => sample.Time).ToList(), StringComparer.Ordinal);
        if (groups.Count == 0) return 0;
        var book = new AlertBook(database, person, clock);
        foreach (var (type, samples) in groups)
        {
            foreach (var rule in AlertRules.OfSamples[type]) Look(book, rule, samples, oldest);
        }

        if (groups.TryGetValue(SampleTypes.Glucose.Name, out var values)) glucose.Look(database, person, book, values, oldest, cancellationToken);
        return book.Written;
    }

    private static void Look(AlertBook book, AlertRule standard, List<Sample> samples, long oldest)
    {
        if (book.Settings.Personal(standard) is not { } rule) return;
        var before = book.StateOf(rule);
        var state = before;
        foreach (var sample in samples)
        {
            if (sample.Time >= oldest) state = book.Take(rule, state, sample.Time, new AlertReading(rule.Type, sample.Value, rule.Unit, sample.Time, sample.Source));
        }

        if (state != before) book.Keep(rule, state);
    }
}
