namespace EdgeHost.Training.Steps;

/// <summary>How steps are made. Immutable.</summary>
public sealed record StepOptions
{
    /// <summary>Examples of a batch. Default 32; at least 1.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Gradients whose norm over all parameters is larger are shortened to it. Default 0: they are not; at least 0.</summary>
    public float ClipNorm { get; init; }

    /// <summary>What first values and dropout are drawn from. Default 1. The same seed and data give the same bits, on one thread.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads of a step. Default 1, which is what gives the same bits each time; at least 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(ClipNorm >= 0 && float.IsFinite(ClipNorm), nameof(ClipNorm), ClipNorm, "at least 0");
        Require(Threads >= 1, nameof(Threads), Threads, "at least 1");
    }

    private static void Require(bool holds, string name, float value, string range)
    {
        if (!holds) throw new EdgeHostException(ErrorCode.InvalidArgument, $"{name} is {value}; it must be {range}.");
    }
}
