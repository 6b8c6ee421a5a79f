using EdgeHost.Capabilities.Health;
using EdgeHost.Client;

namespace EdgeHost.Benchmarks.Health;

/// <summary>Readings of a person without a disease, made up: what a band, a sensor and a cuff give, with the noise that they have.</summary>
internal static class OrdinaryDays
{
    /// <summary>Records days that end now.</summary>
    /// <returns>How many readings there are.</returns>
    public static async Task<int> RecordAsync(EdgeHostClient client, string person, int days, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var start = DateTimeOffset.UtcNow.AddDays(-days);
        var count = 0;
        for (var day = 0; day < days; day++)
        {
            var samples = new List<HealthSample>();
            void Add(string type, string unit, double hour, double value)
                => samples.Add(new HealthSample { Type = type, Value = value, Unit = unit, Time = start.AddDays(day).AddHours(hour).ToUnixTimeMilliseconds(), Source = "made" });
            for (var minute = 0; minute < 1440; minute++)
            {
                var hour = minute / 60.0;
                var walk = Math.Exp(-Math.Pow((hour - 18) / 0.4, 2)) * 60;
                Add("heart_rate", "/min", hour, (hour is < 7 or > 23 ? 52 : 70) + walk + (4 * Gaussian(random)));
                if (minute % 5 == 0) Add("glucose", "mg/dL", hour, Meals(hour) + (3 * Gaussian(random)));
            }

            Add("resting_heart_rate", "/min", 7, 60 + (3 * Gaussian(random)));
            foreach (var hour in (double[])[7.5, 12.5, 20])
            {
                Add("systolic", "mm[Hg]", hour, 122 + (8 * Gaussian(random)));
                Add("diastolic", "mm[Hg]", hour, 77 + (5 * Gaussian(random)));
            }

            count += samples.Count;
            await client.Health.RecordAsync(new RecordSamplesRequest { Person = person, Samples = samples }, cancellationToken: cancellationToken);
        }

        return count;
    }

    // Fasting about 88 mg/dL, up to 135 after meals.
    private static double Meals(double hour) => 88 + new[] { 7.8, 13.0, 19.5 }.Sum(meal => hour > meal ? 45 * (hour - meal) * 1.9 * Math.Exp(1 - (1.9 * (hour - meal))) : 0);

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
