using EdgeHost.ModelTools.Optimising;
using EdgeHost.Optimisation.Measuring;

namespace EdgeHost.Optimisation.Runs;

/// <summary>What is wanted of an optimised model. Immutable.</summary>
public sealed record OptimiseOptions
{
    /// <summary>How.</summary>
    public required OptimiseMethod Method { get; init; }

    /// <summary>What the score says; null for the first of them that the examples allow.</summary>
    public ScoreKind? Score { get; init; }

    /// <summary>How much the score may fall, from 0 to 1. Default 0.01.</summary>
    public double MaxDrop { get; init; } = 0.01;

    /// <summary>
    /// How many layers may be kept as 16-bit floats where the score falls too much, those that cost it most first, as a share of all layers, from 0 to 1. Default 0.5. 0 gives up at once.
    /// </summary>
    public double MaxKeptShare { get; init; } = 0.5;

    /// <summary>How much of a tensor's values lie within its range in <see cref="OptimiseMethod.Static"/>, in percent, above 90 to 100. Default 99.99.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>Runs of each model that are timed, in turns. Default 60; 0 measures no time.</summary>
    public int TimedRuns { get; init; } = 60;

    /// <summary>Which weights, and how.</summary>
    public QuantisationOptions Quantisation { get; init; } = new();

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>.</exception>
    public void Validate()
    {
        if (MaxDrop is not (>= 0 and <= 1)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"MaxDrop is {MaxDrop}; it is from 0 to 1.");
        if (MaxKeptShare is not (>= 0 and <= 1)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"MaxKeptShare is {MaxKeptShare}; it is from 0 to 1.");
        if (TimedRuns is < 0 or > 100_000) throw new EdgeHostException(ErrorCode.InvalidArgument, $"TimedRuns is {TimedRuns}; it is from 0 to 100,000.");
        Quantisation.Validate();
    }
}
