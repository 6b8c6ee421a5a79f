using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>
/// A model's scores for one history: what several questions about it share is worked out once. Holds pooled memory until it is disposed of. Not thread-safe; models give as many as are asked for.
/// </summary>
public abstract class HistoryScores : IDisposable
{
    private protected HistoryScores()
    {
    }

    /// <summary>Writes the scores of all items; exactly as many as there are.</summary>
    public abstract void Score(Span<float> scores);

    /// <summary>Writes the scores of some items, each as <see cref="Score"/> does.</summary>
    public abstract void ScoreSome(ReadOnlySpan<int> items, Span<float> scores);

    /// <summary>The best items, exactly those that sorting all scores gives (but see <see cref="ItemScorer.Top"/>); equal scores by number.</summary>
    public abstract IReadOnlyList<(int Item, float Score)> Top(int count, ItemSet? excluded = null);

    /// <summary>Takes a score apart. The values add up to the score, but for rounding.</summary>
    public abstract void Explain(int item, ICollection<Contribution> contributions);

    /// <summary>Gives memory back.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives memory back.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
