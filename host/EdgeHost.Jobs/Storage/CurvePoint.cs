namespace EdgeHost.Jobs.Storage;

/// <summary>A point of a learning curve.</summary>
/// <param name="Step">Steps done by then.</param>
/// <param name="Loss">The loss, smoothed.</param>
/// <param name="ValidationLoss">The loss on validation, where it was just measured.</param>
/// <param name="ValidationAccuracy">The share of validation examples that were right then.</param>
public sealed record CurvePoint(long Step, float Loss, float? ValidationLoss, double? ValidationAccuracy);
