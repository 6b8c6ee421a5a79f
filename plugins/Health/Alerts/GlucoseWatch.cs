using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Forecasts glucose with every reading, by what is learnt of the person, and raises an alert where it will be low in 30 minutes. Thread-safe.</summary>
internal sealed class GlucoseWatch(GlucoseLearner learner)
{
    private const long AheadMs = GlucoseForecaster.SlotMinutes * GlucoseForecaster.Ahead * 60_000L;

    // So many readings that came late are worth learning anew at once: an hour of them. Fewer wait until somebody asks for a forecast.
    private const int ManyLate = GlucoseForecaster.Needed;

    /// <summary>Takes readings that were just kept, within their transaction.</summary>
    /// <param name="database">The database, in the transaction.</param>
    /// <param name="person">Whose.</param>
    /// <param name="book">Takes what happens.</param>
    /// <param name="samples">The readings, in order of time.</param>
    /// <param name="oldest">The earliest time of a reading that raises alerts.</param>
    /// <param name="cancellationToken">Stops it, and the transaction with it.</param>
    public void Look(DatabaseConnection database, Person person, AlertBook book, List<Sample> samples, long oldest, CancellationToken cancellationToken)
    {
        if (book.Settings.Personal(AlertRules.PredictedLow) is not { } rule || samples[^1].Time < oldest) return;
        var known = ForecastTable.Find(database, person);
        if (known is not null && samples.Count(sample => sample.Time <= known.Until) >= ManyLate) known = null;
        var fresh = samples.Select(static sample => (sample.Time, sample.Source)).ToHashSet();
        var before = book.StateOf(rule);
        var state = before;
        learner.Learn(
            database,
            person,
            known,
            (sample, learnt) =>
            {
                if (sample.Time >= oldest && fresh.Contains((sample.Time, sample.Source)) && learnt.Forecaster.Forecast() is { } forecast) state = Judge(book, rule, state, sample, forecast);
            },
            cancellationToken);
        if (state != before) book.Keep(rule, state);
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
}
