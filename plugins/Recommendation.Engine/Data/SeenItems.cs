using System.Collections.Concurrent;

namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>The items of a history as a set, from a pool: a set of a large catalogue is too large to be made for each list. Returned when disposed of; not thread-safe.</summary>
internal readonly ref struct SeenItems : IDisposable
{
    private const int MostPooled = 8;

    private static readonly ConcurrentQueue<ItemSet> Pool = [];

    private readonly ReadOnlySpan<int> _items;

    /// <summary>Takes a set that holds these items.</summary>
    public SeenItems(int capacity, ReadOnlySpan<int> items)
    {
        _items = items;
        Set = Rent(capacity);
        foreach (var item in items) Set.Add(item);
    }

    /// <summary>The set; it is not changed by others than this.</summary>
    public ItemSet Set { get; }

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        foreach (var item in _items) Set.Remove(item);
        if (Pool.Count < MostPooled) Pool.Enqueue(Set);
    }

    // Those of another catalogue that is no longer asked go so.
    private static ItemSet Rent(int capacity)
    {
        while (Pool.TryDequeue(out var pooled))
        {
            if (pooled.Capacity == capacity) return pooled;
        }

        return new ItemSet(capacity);
    }
}
