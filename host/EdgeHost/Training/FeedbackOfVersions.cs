using EdgeHost.Deployment.Gates;
using EdgeHost.Learning.Feedback;

namespace EdgeHost.Host.Training;

/// <summary>What people said of the answers of versions, from the journal of calls.</summary>
internal sealed class FeedbackOfVersions(CallJournal journal) : IVersionFeedback
{
    public async Task<IReadOnlyDictionary<string, FeedbackCount>> ReadAsync(CancellationToken cancellationToken)
        => (await journal.SummariseAsync(cancellationToken).ConfigureAwait(false))
            .ToDictionary(static model => model.Model, static model => new FeedbackCount(model.Correct, model.Wrong), StringComparer.Ordinal);
}
