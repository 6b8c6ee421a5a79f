using System.Collections.Concurrent;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>
/// Sums over a large catalogue of which few are not zero: what was touched is known, so that neither clearing nor searching walks over all items. The sums are those that dense adding gives, to the bit.
/// Rented from a pool and returned; not thread-safe.
/// </summary>
internal sealed class SparseSums
{
    private const int MostPooled = 8;

    private static readonly ConcurrentQueue<SparseSums> Pool = [];

    private readonly float[] _sums;
    private readonly ulong[] _isTouched;
    private readonly List<int> _touched = [];

    private SparseSums(int itemCount) => (_sums, _isTouched) = (new float[itemCount], new ulong[(itemCount + 63) / 64]);

    /// <summary>Sums of zero.</summary>
    public static SparseSums Rent(int itemCount)
    {
        // Those of another catalogue that is no longer asked go so.
        while (Pool.TryDequeue(out var pooled))
        {
            if (pooled._sums.Length == itemCount) return pooled;
        }

        return new SparseSums(itemCount);
    }

    /// <summary>All sums.</summary>
    public ReadOnlySpan<float> All => _sums;

    /// <summary>Adds a row.</summary>
    public void Add(RowPart part)
    {
        var columns = part.Rows.ColumnsOf(part.Row);
        var values = part.Rows.ValuesOf(part.Row);
        for (var i = 0; i < columns.Length; i++)
        {
            var item = columns[i];
            ref var bits = ref _isTouched[item >> 6];
            if ((bits >> (item & 63) & 1) == 0)
            {
                bits |= 1UL << (item & 63);
                _touched.Add(item);
            }

            _sums[item] += values[i] * part.Weight;
        }
    }

    /// <summary>The best items, those that sorting all sums gives; equal ones by number.</summary>
    public IReadOnlyList<(int Item, float Score)> Top(int count, ItemSet? excluded)
    {
        var top = new TopItems(Math.Min(count, _sums.Length));
        foreach (var item in _touched)
        {
            if (_sums[item] >= top.Threshold && excluded?.Contains(item) != true) top.Offer(item, _sums[item]);
        }

        // Items that nothing was added to stand between those above and below zero; of equal ones the first count.
        for (int item = 0, left = count; left > 0 && item < _sums.Length && top.Threshold <= 0; item++)
        {
            if ((_isTouched[item >> 6] >> (item & 63) & 1) != 0 || excluded?.Contains(item) == true) continue;
            top.Offer(item, 0);
            left--;
        }

        return top.ToSorted();
    }

    /// <summary>Gives the memory back; it is not used any more.</summary>
    public void Return()
    {
        foreach (var item in _touched)
        {
            _sums[item] = 0;
            _isTouched[item >> 6] = 0;
        }

        _touched.Clear();
        if (Pool.Count < MostPooled) Pool.Enqueue(this);
    }
}
