namespace EdgeHost.Training.Steps;

/// <summary>What a step gave. Immutable.</summary>
/// <param name="Loss">The loss of the batch before the update.</param>
/// <param name="GradientNorm">The norm over all parameters, before clipping.</param>
public readonly record struct StepResult(float Loss, float GradientNorm)
{
    /// <summary>Whether both are numbers. A step of which they are not changes nothing.</summary>
    public bool IsFinite => float.IsFinite(Loss) && float.IsFinite(GradientNorm);
}
