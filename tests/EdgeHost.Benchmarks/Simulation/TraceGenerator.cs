namespace EdgeHost.Benchmarks.Simulation;

/// <summary>Makes traces of a workload: Poisson arrivals, log-normal run times. The same seed gives the same trace.</summary>
internal sealed class TraceGenerator(Workload workload, int seed)
{
    /// <summary>The requests of one machine, in order of arrival.</summary>
    /// <param name="device">Its number; each has arrivals of its own.</param>
    /// <param name="load">Device time that the apps ask for over the time there is.</param>
    /// <param name="duration">How long requests come.</param>
    public IReadOnlyList<TraceStep> Generate(int device, double load, TimeSpan duration)
    {
        var random = new Random(HashCode(seed, device));
        var steps = new List<TraceStep>();
        foreach (var app in workload.Apps)
        {
            foreach (var (model, share) in app.Models)
            {
                var perMillisecond = load * share / workload.Apps.Count / model.Milliseconds;
                for (var at = Exponential(random) / perMillisecond; at < duration.TotalMilliseconds; at += Exponential(random) / perMillisecond)
                {
                    steps.Add(new TraceStep(
                        TimeSpan.FromMilliseconds(at),
                        device,
                        app.Name,
                        model.Name,
                        app.Priority,
                        TimeSpan.FromMilliseconds(model.Milliseconds * (app.Deadline.Least + (random.NextDouble() * (app.Deadline.Most - app.Deadline.Least)))),
                        TimeSpan.FromMilliseconds(LogNormal(random, model.Milliseconds, model.Variation)),
                        model.FixedShare));
                }
            }
        }

        steps.Sort(static (x, y) => x.At.CompareTo(y.At));
        return steps;
    }

    internal static double Exponential(Random random) => -Math.Log(1 - random.NextDouble());

    internal static double LogNormal(Random random, double mean, double variation)
    {
        var variance = Math.Log(1 + (variation * variation));
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return mean * Math.Exp((Math.Sqrt(variance) * normal) - (variance / 2));
    }

    // HashCode.Combine differs from process to process; a seed must not.
    private static int HashCode(int seed, int device) => unchecked((seed * 1_000_003) ^ (device * 7_919));
}
