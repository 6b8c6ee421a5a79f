namespace EdgeHost.Training.Runs;

/// <summary>
/// The learning rate over the steps: a rise in a straight line, then half a cosine down (Loshchilov and Hutter, 2017). Immutable and
/// thread-safe.
/// </summary>
public sealed record LearningRateSchedule
{
    /// <summary>The highest rate. Default 0.001; above 0.</summary>
    public float Rate { get; init; } = 1e-3f;

    /// <summary>Steps in which the rate rises to <see cref="Rate"/>. Default 0; at least 0.</summary>
    public long WarmUpSteps { get; init; }

    /// <summary>The step at which the fall ends; after it the rate stays. Default 0: it does not fall.</summary>
    public long CosineSteps { get; init; }

    /// <summary>What share of <see cref="Rate"/> is left at the end of the fall. Default 0; 0 to 1.</summary>
    public float FinalShare { get; init; }

    /// <summary>The rate of a step.</summary>
    /// <param name="step">From 1.</param>
    public float At(long step)
    {
        if (step <= WarmUpSteps) return Rate * step / WarmUpSteps;
        if (CosineSteps <= WarmUpSteps) return Rate;
        var progress = Math.Min(1, (double)(step - WarmUpSteps) / (CosineSteps - WarmUpSteps));
        return (float)(Rate * (FinalShare + ((1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress)))));
    }

    internal void Validate()
    {
        Require(Rate > 0 && float.IsFinite(Rate), nameof(Rate), Rate, "above 0");
        Require(WarmUpSteps >= 0, nameof(WarmUpSteps), WarmUpSteps, "at least 0");
        Require(CosineSteps == 0 || CosineSteps > WarmUpSteps, nameof(CosineSteps), CosineSteps, "0, or after the warm-up");
        Require(FinalShare is >= 0 and <= 1, nameof(FinalShare), FinalShare, "0 to 1");
    }

    private static void Require(bool holds, string name, float value, string range)
    {
        if (!holds) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The learning rate schedule's {name} is {value}; it must be {range}.");
    }
}
