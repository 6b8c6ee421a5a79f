using System.Numerics.Tensors;

namespace EdgeHost.Plugins.Recommendation.Engine.Numerics;

/// <summary>Keeps the best of many items: a heap with the worst kept one on top. Of equal scores the lower number is better, so that lists are the same each time. Not thread-safe.</summary>
internal sealed class TopItems
{
    private const int Block = 64;

    private readonly int[] _items;
    private readonly float[] _scores;

    public TopItems(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _items = new int[capacity];
        _scores = new float[capacity];
    }

    public int Count { get; private set; }

    /// <summary>What an item must exceed to get in; minus infinity while there is room.</summary>
    public float Threshold => Count < _items.Length ? float.NegativeInfinity : Count == 0 ? float.PositiveInfinity : _scores[0];

    /// <summary>Offers all items of dense scores, from number <paramref name="first"/> on.</summary>
    public void OfferAll(ReadOnlySpan<float> scores, Data.ItemSet? excluded = null, int first = 0)
    {
        for (var start = 0; start < scores.Length; start += Block)
        {
            var block = scores.Slice(start, Math.Min(Block, scores.Length - start));
            // The common case, a few comparisons: all too low.
            if (TensorPrimitives.Max(block) < Threshold) continue;
            for (var i = 0; i < block.Length; i++)
            {
                if (block[i] >= Threshold && excluded?.Contains(first + start + i) != true) Offer(first + start + i, block[i]);
            }
        }
    }

    public void Offer(int item, float score)
    {
        if (float.IsNaN(score)) return;
        if (Count < _items.Length)
        {
            var child = Count++;
            while (child > 0 && Worse(item, score, (child - 1) / 2))
            {
                Move((child - 1) / 2, child);
                child = (child - 1) / 2;
            }

            (_items[child], _scores[child]) = (item, score);
        }
        else if (Count > 0 && !Worse(item, score, 0))
        {
            var place = 0;
            for (int child; (child = (2 * place) + 1) < Count; place = child)
            {
                if (child + 1 < Count && Worse(_items[child + 1], _scores[child + 1], child)) child++;
                if (Worse(item, score, child)) break;
                Move(child, place);
            }

            (_items[place], _scores[place]) = (item, score);
        }
    }

    /// <summary>What was kept, the best first.</summary>
    public (int Item, float Score)[] ToSorted()
    {
        var result = new (int Item, float Score)[Count];
        for (var i = 0; i < Count; i++) result[i] = (_items[i], _scores[i]);
        Array.Sort(result, static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        return result;
    }

    private bool Worse(int item, float score, int place) => score < _scores[place] || (score == _scores[place] && item > _items[place]);

    private void Move(int from, int to) => (_items[to], _scores[to]) = (_items[from], _scores[from]);
}
