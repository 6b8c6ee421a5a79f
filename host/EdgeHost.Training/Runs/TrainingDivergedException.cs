namespace EdgeHost.Training.Runs;

/// <summary>A run ended because its loss or gradient became no number or far too large. The last checkpoint is from before.</summary>
public sealed class TrainingDivergedException : EdgeHostException
{
    internal TrainingDivergedException(long step, string problem)
        : base(ErrorCode.FailedPrecondition, $"Step {step} went wrong: {problem}. Lower the learning rate, clip the gradients, or look for bad examples; the last checkpoint is from before.")
        => Step = step;

    /// <summary>The step, from 1.</summary>
    public long Step { get; }
}
