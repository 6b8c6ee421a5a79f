using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>What one contender did in one round.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Calls">Calls answered.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Latencies">Of each call.</param>
/// <param name="Client">What this process used meanwhile.</param>
/// <param name="Server">What the other process used meanwhile.</param>
internal sealed record Slice(int Round, int Calls, double Seconds, Samples Latencies, ResourceUse Client, ResourceUse Server)
{
    /// <summary>The median latency in milliseconds.</summary>
    public double Median { get; } = Latencies.Median;

    public double CallsASecond => Calls / Seconds;
}
