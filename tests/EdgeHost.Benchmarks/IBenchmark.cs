using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks;

/// <summary>One measurement, printed as ratios against a baseline of the same run.</summary>
internal interface IBenchmark
{
    /// <summary>What one types to run it alone.</summary>
    string Name { get; }

    /// <summary>Measures once, prints what it saw, and returns the figures of the table.</summary>
    Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken);
}
