using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>
/// A built model: scores the items of its catalogue for any history, also one with events newer than the build. Immutable; any number of threads may read it. The kinds are those of
/// <see cref="ScorerKind"/>; others cannot be derived outside of this assembly.
/// </summary>
public abstract class ItemScorer
{
    private protected ItemScorer(int itemCount) => ItemCount = itemCount;

    /// <summary>What kind of model it is.</summary>
    public abstract ScorerKind Kind { get; }

    /// <summary>How many items the catalogue has.</summary>
    public int ItemCount { get; }

    /// <summary>About how many bytes it holds.</summary>
    public abstract long Bytes { get; }

    /// <summary>Begins to answer for a history; several questions about one share their work. A model that can say nothing of a history gives 0 to all items.</summary>
    /// <param name="history">What the user did, in the numbers of this model's catalogue.</param>
    public abstract HistoryScores For(UserHistory history);

    /// <summary>Scores all items.</summary>
    /// <param name="history">What the user did.</param>
    /// <param name="scores">Receives the scores; exactly <see cref="ItemCount"/>.</param>
    public void Score(UserHistory history, Span<float> scores)
    {
        using var answers = For(history);
        answers.Score(scores);
    }

    /// <summary>Scores some items, each as <see cref="Score"/> does.</summary>
    /// <param name="history">What the user did.</param>
    /// <param name="items">Numbers of items.</param>
    /// <param name="scores">Receives the scores; as many as items.</param>
    public void ScoreSome(UserHistory history, ReadOnlySpan<int> items, Span<float> scores)
    {
        using var answers = For(history);
        answers.ScoreSome(items, scores);
    }

    /// <summary>
    /// The best items, those that sorting all scores gives; equal scores by number. A blend of a catalogue beyond 50,000 items looks at the best 400 of each member alone.
    /// </summary>
    /// <param name="history">What the user did.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="excluded">Items that may not be among them, or null.</param>
    public IReadOnlyList<(int Item, float Score)> Top(UserHistory history, int count, ItemSet? excluded = null)
    {
        using var answers = For(history);
        return answers.Top(count, excluded);
    }

    /// <summary>Takes a score apart. The values add up to the score, but for rounding.</summary>
    /// <param name="history">What the user did.</param>
    /// <param name="item">The number of the item.</param>
    /// <param name="contributions">Receives the parts, in no order.</param>
    public void Explain(UserHistory history, int item, ICollection<Contribution> contributions)
    {
        using var answers = For(history);
        answers.Explain(item, contributions);
    }

    /// <summary>The same model for a catalogue in which items came or went: <paramref name="map"/> has the new number of each old item, or -1.</summary>
    internal abstract ItemScorer Mapped(int[] map, int itemCount);

    /// <summary>Writes what the reader of this kind reads.</summary>
    internal abstract void Write(ModelWriter writer);
}
