using System.Buffers;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
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

    /// <summary>Scores all items. A model that can say nothing of this history gives 0 to all.</summary>
    /// <param name="history">What the user did.</param>
    /// <param name="scores">Receives the scores; exactly <see cref="ItemCount"/>.</param>
    public abstract void Score(UserHistory history, Span<float> scores);

    /// <summary>Scores some items, each as <see cref="Score"/> does.</summary>
    /// <param name="history">What the user did.</param>
    /// <param name="items">Numbers of items.</param>
    /// <param name="scores">Receives the scores; as many as items.</param>
    public virtual void ScoreSome(UserHistory history, ReadOnlySpan<int> items, Span<float> scores)
    {
        var all = ArrayPool<float>.Shared.Rent(ItemCount);
        try
        {
            Score(history, all.AsSpan(0, ItemCount));
            for (var i = 0; i < items.Length; i++) scores[i] = all[items[i]];
        }
        finally
        {
            ArrayPool<float>.Shared.Return(all);
        }
    }

    /// <summary>The best items, exactly those that sorting all scores gives; equal scores by number.</summary>
    /// <param name="history">What the user did.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="excluded">Items that may not be among them, or null.</param>
    public virtual IReadOnlyList<(int Item, float Score)> Top(UserHistory history, int count, ItemSet? excluded = null)
    {
        var all = ArrayPool<float>.Shared.Rent(ItemCount);
        try
        {
            var scores = all.AsSpan(0, ItemCount);
            Score(history, scores);
            var top = new TopItems(Math.Min(count, ItemCount));
            top.OfferAll(scores, excluded);
            return top.ToSorted();
        }
        finally
        {
            ArrayPool<float>.Shared.Return(all);
        }
    }

    /// <summary>Takes a score apart. The values add up to the score, but for rounding.</summary>
    /// <param name="history">What the user did.</param>
    /// <param name="item">The number of the item.</param>
    /// <param name="contributions">Receives the parts, in no order.</param>
    public abstract void Explain(UserHistory history, int item, ICollection<Contribution> contributions);

    /// <summary>The same model for a catalogue in which items came or went: <paramref name="map"/> has the new number of each old item, or -1.</summary>
    internal abstract ItemScorer Mapped(int[] map, int itemCount);

    /// <summary>Writes what the reader of this kind reads.</summary>
    internal abstract void Write(ModelWriter writer);
}
