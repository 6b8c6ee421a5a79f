namespace EdgeHost.Benchmarks;

/// <summary>One measurement, printed as ratios against a baseline of the same run.</summary>
internal interface IBenchmark
{
    /// <summary>What one types to run it alone.</summary>
    string Name { get; }

    Task RunAsync(CancellationToken cancellationToken);
}
