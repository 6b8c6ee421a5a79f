namespace EdgeHost.Training.Runs;

/// <summary>How a run ended. Immutable.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Loss">The loss, smoothed over about 50 steps.</param>
/// <param name="BestValidationLoss">The lowest validation loss, whose parameters the network has now; null without validation.</param>
/// <param name="BestStep">The step of that validation; 0 without.</param>
/// <param name="StoppedEarly">Whether the run ended because validation got no better.</param>
public sealed record TrainingOutcome(long Steps, float Loss, float? BestValidationLoss, long BestStep, bool StoppedEarly);
