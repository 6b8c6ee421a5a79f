namespace EdgeHost.Learning.Feedback;

/// <summary>What became of a feedback.</summary>
/// <param name="Method">The method of the call.</param>
/// <param name="Model">The model that answered, as <c>id@version</c>, or null.</param>
/// <param name="Dataset">The dataset that its example is in now, or null if it became none.</param>
/// <param name="Reason">Why it became none, for a person; null if it did.</param>
public sealed record FeedbackResult(string Method, string? Model, string? Dataset, string? Reason);
