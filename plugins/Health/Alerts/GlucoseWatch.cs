using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>
/// Forecasts glucose with every reading and raises an alert where it will be low in 30 minutes. A forecaster is taught from the kept readings when it is needed first; the most recently
/// used ones stay in memory (some kilobytes each). Thread-safe.
/// </summary>
internal sealed class GlucoseWatch(PluginDatabase owner, MasterKey master, HealthOptions options)
{
    private const int MostForecasters = 16;
    private const long AheadMs = GlucoseForecaster.SlotMinutes * GlucoseForecaster.Ahead * 60_000L;
    private const long LooksBackMs = 90L * 24 * 60 * 60 * 1000;

    // So many readings that came late are worth teaching it anew: an hour of them.
    private const int ManyLate = GlucoseForecaster.Needed;

    private readonly Lock _gate = new();
    private readonly LinkedList<TaughtForecaster> _recent = new();
    private int _tenancy;
    private int _era;

    /// <summary>Takes readings that were just kept, within their transaction.</summary>
    /// <param name="database">The database, in the transaction.</param>
    /// <param name="person">Whose.</param>
    /// <param name="book">Takes what happens.</param>
    /// <param name="samples">The readings, in order of time.</param>
    /// <param name="oldest">The earliest time of a reading that raises alerts.</param>
    /// <returns>The forecaster as it is now, for <see cref="Keep"/>.</returns>
    public TaughtForecaster? Look(DatabaseConnection database, Person person, AlertBook book, List<Sample> samples, long oldest)
    {
        // It is taken away for the time of the transaction: one that has seen readings that are not kept in the end, or has not seen all of them, must not stay.
        var name = Convert.ToHexString(person.Tag);
        var (known, era) = Take(name);
        if (book.Settings.Personal(AlertRules.PredictedLow) is not { } rule || samples[^1].Time < oldest) return null;
        if (known is not null && samples.Count(sample => sample.Time <= known.Newest) >= ManyLate) known = null;
        var forecaster = known?.Forecaster ?? new GlucoseForecaster();
        var newest = known?.Newest ?? long.MinValue;
        var before = book.StateOf(rule);
        var state = before;
        void TakeOne(Sample sample, bool isNew)
        {
            if (!forecaster.Add(new GlucoseReading(DateTimeOffset.FromUnixTimeMilliseconds(sample.Time), sample.Value))) return;
            newest = sample.Time;
            if (isNew && sample.Time >= oldest && forecaster.Forecast() is { } forecast) state = Judge(book, rule, state, sample, forecast);
        }

        if (known is null) ReadAll(database, person, samples, TakeOne);
        else foreach (var sample in samples) TakeOne(sample, isNew: true);
        if (state != before) book.Keep(rule, state);
        return new TaughtForecaster(name, forecaster, era, newest);
    }

    /// <summary>Keeps a forecaster in memory whose readings are on the disk.</summary>
    public void Keep(TaughtForecaster taught)
    {
        lock (_gate)
        {
            if (taught.Era != _era) return;
            if (Find(taught.Person) is { } other)
            {
                // Another call may have been faster.
                if (other.Value.Newest >= taught.Newest) return;
                _recent.Remove(other);
            }

            _recent.AddFirst(taught);
            if (_recent.Count > MostForecasters) _recent.RemoveLast();
        }
    }

    /// <summary>Forgets what it has learnt of a person.</summary>
    public void Forget(Person person)
    {
        lock (_gate)
        {
            _era++;
            if (Find(Convert.ToHexString(person.Tag)) is { } node) _recent.Remove(node);
        }
    }

    private static AlertState Judge(AlertBook book, AlertRule rule, AlertState state, Sample sample, GlucoseForecast forecast)
    {
        // What is low already is no prediction; other rules tell of it.
        if (!state.IsRaised && sample.Value < rule.Limit) return state;
        return book.Take(
            rule, state, sample.Time,
            new AlertReading(rule.Type, Math.Round(forecast.Value, 1), rule.Unit, sample.Time + AheadMs, sample.Source),
            new AlertReading(SampleTypes.Glucose.Name, sample.Value, rule.Unit, sample.Time, sample.Source));
    }

    private (TaughtForecaster? Known, int Era) Take(string person)
    {
        lock (_gate)
        {
            if (_tenancy != owner.Tenancy)
            {
                // Another version of the plugin may have kept readings meanwhile.
                (_tenancy, _era) = (owner.Tenancy, _era + 1);
                _recent.Clear();
            }

            if (Find(person) is not { } node) return (null, _era);
            _recent.Remove(node);
            return (node.Value, _era);
        }
    }

    private LinkedListNode<TaughtForecaster>? Find(string person)
    {
        for (var node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Person == person) return node;
        }

        return null;
    }

    // All readings in order of time, the new ones among them.
    private void ReadAll(DatabaseConnection database, Person person, List<Sample> added, Action<Sample, bool> take)
    {
        var sealer = new SampleSealer(person, master);
        var fresh = added.Select(static sample => (sample.Time, sample.Source)).ToHashSet();
        database.Read(
            "SELECT time, source, payload FROM (SELECT time, source, payload FROM sample WHERE person = ?1 AND type = ?2 AND flag IS NULL AND time >= ?3 ORDER BY time DESC LIMIT ?4) ORDER BY time",
            row =>
            {
                var sample = sealer.Open(row.Span(2), SampleTypes.Glucose, row.Integer(0), row.Span(1), null);
                take(sample, fresh.Contains((sample.Time, sample.Source)));
            },
            CancellationToken.None,
            person.Row, SampleTypes.Glucose.Name, added[^1].Time - LooksBackMs, options.MaxSummarySamples);
    }
}
