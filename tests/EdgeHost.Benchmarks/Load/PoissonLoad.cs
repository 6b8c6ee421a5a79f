using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Load;

/// <summary>
/// Calls that come as they come: independent of each other and of how long they take, with exponential pauses. A slow answer delays no later call, so
/// that waiting shows in full.
/// </summary>
internal sealed class PoissonLoad(double callsPerSecond, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Calls until the time is over and waits for the last answers.</summary>
    /// <param name="call">One call; its failure ends the load.</param>
    /// <param name="duration">How long new calls come.</param>
    /// <param name="samples">Takes how long each call took.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(Func<Task> call, TimeSpan duration, Samples samples, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var due = TimeSpan.Zero;
        var calls = new List<Task<TimeSpan>>();
        while (true)
        {
            due += TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / callsPerSecond);
            if (due >= duration) break;
            var pause = due - Stopwatch.GetElapsedTime(started);
            if (pause > TimeSpan.Zero) await Task.Delay(pause, cancellationToken);
            calls.Add(MeasureAsync(call));
        }

        foreach (var time in await Task.WhenAll(calls)) samples.Add(time);
    }

    private static async Task<TimeSpan> MeasureAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started);
    }
}
