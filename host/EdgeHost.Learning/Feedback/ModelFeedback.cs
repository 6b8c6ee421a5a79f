namespace EdgeHost.Learning.Feedback;

/// <summary>What was said about the answers of a model's version.</summary>
/// <param name="Model">The model, as <c>id@version</c>.</param>
/// <param name="Calls">Its calls that are kept.</param>
/// <param name="Correct">Those that were said to be right.</param>
/// <param name="Wrong">Those that were said to be wrong.</param>
/// <param name="Rating">The mean of ratings, 0 to 1; null if there is none.</param>
public sealed record ModelFeedback(string Model, long Calls, long Correct, long Wrong, double? Rating);
