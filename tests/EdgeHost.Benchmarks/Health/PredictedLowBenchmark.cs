using EdgeHost.Benchmarks.Figures;
using EdgeHost.Capabilities.Health;
using EdgeHost.Client;
using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Benchmarks.Health;

/// <summary>How many lows are warned of before they come, and how often none comes, on the shared sensor values of people with diabetes.</summary>
internal static class PredictedLowBenchmark
{
    private const double Low = 70;

    private static readonly TimeSpan Before = TimeSpan.FromMinutes(60);

    /// <summary>Records the values a day at a time, as if they ended now, and compares the alerts with what came.</summary>
    public static async Task<IReadOnlyList<Figure>> RunAsync(EdgeHostClient client, CancellationToken cancellationToken)
    {
        var (episodes, warned, alerts, alone, values) = (0, 0, 0, 0, 0);
        var leads = new List<double>();
        foreach (var person in SharedGlucose.Read())
        {
            var last = person.Values[^1].Slot;
            var end = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 300_000 * 300_000);
            List<GlucoseReading> readings = [.. person.Values.Select(value => new GlucoseReading(end.AddMinutes(5 * (value.Slot - last)), value.MgPerDl))];
            foreach (var part in readings.Chunk(288))
            {
                await client.Health.RecordAsync(
                    new RecordSamplesRequest { Person = person.Person, Samples = [.. part.Select(static reading => new HealthSample { Type = "glucose", Value = reading.MgPerDl, Unit = "mg/dL", Time = reading.Time.ToUnixTimeMilliseconds() })] },
                    cancellationToken: cancellationToken);
            }

            var raised = (await AlertBenchmark.RaisedAsync(client, person.Person, cancellationToken)).Where(static alert => alert.Finding.Rule == "alert.glucose_low_predicted").Select(static alert => DateTimeOffset.FromUnixTimeMilliseconds(alert.Time)).ToList();
            var found = GlucoseEpisodes.Find(readings, GlucoseEpisodeKind.Low);
            foreach (var episode in found)
            {
                var first = raised.Where(time => time < episode.Start && episode.Start - time <= Before).DefaultIfEmpty().Min();
                if (first == default) continue;
                warned++;
                leads.Add((episode.Start - first).TotalMinutes);
            }

            (episodes, alerts, values) = (episodes + found.Count, alerts + raised.Count, values + readings.Count);
            alone += raised.Count(time => !readings.Any(reading => reading.MgPerDl < Low && reading.Time > time && reading.Time - time <= Before));
            Console.WriteLine($"low, {person.Person}: {found.Count} lows, {raised.Count} alerts, {readings.Count} values");
        }

        var days = values / 288.0;
        leads.Sort();
        Console.WriteLine($"low: {warned} of {episodes} lows warned of, {leads.ElementAtOrDefault(leads.Count / 2):F0} minutes before (median); {alone} of {alerts} alerts without a low within an hour, on {days:F1} days");
        return
        [
            new Figure("lows that were warned of before", 100.0 * warned / Math.Max(1, episodes), "%", Must: Bound.AtLeast(50)),
            new Figure("minutes before, median", leads.ElementAtOrDefault(leads.Count / 2), "min"),
            new Figure("predicted lows a day that did not come", alone / days, "", Must: Bound.AtMost(2)),
        ];
    }
}
