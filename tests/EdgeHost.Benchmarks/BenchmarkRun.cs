namespace EdgeHost.Benchmarks;

/// <summary>What the command line says about every benchmark of this run. Immutable.</summary>
internal sealed class BenchmarkRun
{
    /// <summary>Multiplies how long and how often is measured; 1 for figures that count, less to see that it works.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>A recorded trace for the simulator in place of its generated ones, or null.</summary>
    public string? Trace { get; init; }

    /// <summary>Parts that are to run alone, in the words of the benchmark; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Which of several runs this is, from 0: the seed of what is random, so that runs differ and each can be repeated.</summary>
    public int Number { get; init; }

    public TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds * Scale);

    public int Times(int count, int least = 1) => Math.Max(least, (int)(count * Scale));
}
