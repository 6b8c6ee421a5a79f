using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.Tests.Charts;

/// <summary>A person's readings that are made up, day by day, and charts of them.</summary>
internal static class MadeReadings
{
    public static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly HealthTexts Texts = new();

    public static Sample Sample(string type, double value, DateTimeOffset time, string source = "")
        => new(SampleTypes.All[type], time.ToUnixTimeMilliseconds(), source, value, value, SampleTypes.All[type].Unit, null, null);

    /// <summary>A reading every some minutes, back from now, in order of time.</summary>
    public static IReadOnlyList<Sample> Every(string type, double minutes, int count, Func<int, double> value)
        => [.. Enumerable.Range(0, count).Select(i => Sample(type, value(i), Now.AddMinutes(-minutes * (count - i))))];

    public static ChartInput Input(HealthChartKind kind, SummaryPeriod period, IEnumerable<Sample> samples, string? unit = null, string language = "en", int offsetMinutes = 0)
    {
        var days = period == SummaryPeriod.Day ? 1 : period == SummaryPeriod.Week ? 7 : 30;
        return new ChartInput(
            samples.ToLookup(static sample => sample.Type.Name), kind, period, Now.AddDays(-days).ToUnixTimeMilliseconds(), Now.ToUnixTimeMilliseconds(), offsetMinutes, Sources: null,
            unit ?? ChartKinds.UnitOf(kind), Width: 800, language, Texts);
    }

    /// <summary>Everything of thirty days, as an app would record it.</summary>
    public static IReadOnlyList<HealthSample> Month()
    {
        var random = new Random(7);
        var samples = new List<HealthSample>();
        void Add(string type, double value, string unit, DateTimeOffset time)
        {
            if (time < Now) samples.Add(new HealthSample { Type = type, Value = Math.Round(value, 2), Unit = unit, Time = time.ToUnixTimeMilliseconds(), Source = "made" });
        }

        for (var day = 30; day >= 0; day--)
        {
            var midnight = Now.AddDays(-day).AddHours(-12);
            for (var minute = 0; minute < 1440; minute += 5)
            {
                var hour = minute / 60.0;
                var meal = 70 * Enumerable.Sum([7.5, 12.5, 19], meal => hour > meal ? Math.Exp(-Math.Pow((hour - meal - 1) / 0.8, 2)) : 0);
                Add("glucose", 105 + meal - (day % 9 == 3 && hour is > 2 and < 4 ? 48 : 0) + (12 * random.NextDouble()) + (10 * Math.Sin(hour / 3)), "mg/dL", midnight.AddMinutes(minute));
                var isAsleep = hour is < 6.5 or > 23;
                Add("heart_rate", (isAsleep ? 55 : 72) + (hour is > 17 and < 18 && day % 2 == 0 ? 60 * Math.Sin(Math.PI * (hour - 17)) : 0) + (8 * random.NextDouble()), "/min", midnight.AddMinutes(minute));
                if (!isAsleep && minute % 60 == 0) Add("steps", 100 + (900 * random.NextDouble()), "1", midnight.AddMinutes(minute));
            }

            Add("resting_heart_rate", 57 + (day < 3 ? 7 : 0) + (3 * random.NextDouble()), "/min", midnight.AddHours(6));
            Add("hrv_rmssd", 42 + (10 * random.NextDouble()), "ms", midnight.AddHours(6));
            Add("hrv_sdnn", 55 + (12 * random.NextDouble()), "ms", midnight.AddHours(6));
            Add("weight", 78.4 - (0.05 * (30 - day)) + (0.7 * random.NextDouble()), "kg", midnight.AddHours(7));
            Add("sleep", 380 + (100 * random.NextDouble()), "min", midnight.AddHours(7));
            foreach (var hour in (int[])[7, 21])
            {
                var high = 132 + (14 * random.NextDouble()) + (hour == 7 ? 6 : 0);
                Add("systolic", high, "mm[Hg]", midnight.AddHours(hour));
                Add("diastolic", (0.45 * high) + 22 + (4 * random.NextDouble()), "mm[Hg]", midnight.AddHours(hour));
            }
        }

        return samples;
    }
}
