namespace EdgeHost.Training.Runs;

/// <summary>Where a run is. Immutable.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">The loss, smoothed over about 50 steps.</param>
/// <param name="GradientNorm">The norm of the last step's gradient, before clipping.</param>
/// <param name="Rate">The last step's learning rate.</param>
/// <param name="ValidationLoss">The loss of the validation that was just done, or null.</param>
public sealed record TrainingProgress(long Step, float Loss, float GradientNorm, float Rate, float? ValidationLoss);
