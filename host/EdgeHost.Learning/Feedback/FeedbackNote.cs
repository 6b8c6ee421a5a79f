namespace EdgeHost.Learning.Feedback;

/// <summary>What an app says of an answer; at least one of the three.</summary>
/// <param name="IsCorrect">Whether it was right.</param>
/// <param name="Label">What would have been right, 1 to 256 characters.</param>
/// <param name="Rating">How good it was, 0 to 1.</param>
public sealed record FeedbackNote(bool? IsCorrect, string? Label, double? Rating);
