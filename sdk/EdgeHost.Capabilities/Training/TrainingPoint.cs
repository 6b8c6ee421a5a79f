using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>A point of a learning curve.</summary>
/// <param name="Step">Steps done by then.</param>
/// <param name="Loss">The loss on what it learns from, smoothed.</param>
/// <param name="ValidationLoss">The loss on validation, where it was just measured.</param>
/// <param name="ValidationAccuracy">The share of validation examples that were right then.</param>
[WireMessage]
public sealed partial record TrainingPoint(long Step, double Loss, double? ValidationLoss, double? ValidationAccuracy);
