namespace EdgeHost.Optimisation.Examples;

/// <summary>How much of a folder of examples is read. Immutable.</summary>
public sealed record ExampleLimits
{
    /// <summary>Examples; the first by their numbers. Default 500; at least 1.</summary>
    public int MaxExamples { get; init; } = 500;

    /// <summary>Bytes of all files together. Default 512 MiB; at least 1.</summary>
    public long MaxBytes { get; init; } = 512L << 20;
}
