namespace EdgeHost.Deployment.Gates;

/// <summary>What people said of the answers of versions. Thread-safe.</summary>
public interface IVersionFeedback
{
    /// <summary>Counts the answers that were said to be right or wrong, by <c>id@version</c>.</summary>
    Task<IReadOnlyDictionary<string, FeedbackCount>> ReadAsync(CancellationToken cancellationToken);
}
