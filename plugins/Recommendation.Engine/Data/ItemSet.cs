using System.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>A set of items by their numbers, a bit each. Not thread-safe while it is changed.</summary>
public sealed class ItemSet
{
    private readonly ulong[] _bits;

    /// <summary>Creates a set.</summary>
    /// <param name="capacity">How many items there are, at least 0.</param>
    /// <param name="full">Whether all are in it.</param>
    public ItemSet(int capacity, bool full = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Capacity = capacity;
        _bits = new ulong[(capacity + 63) / 64];
        if (!full) return;
        Array.Fill(_bits, ulong.MaxValue);
        if (capacity % 64 != 0) _bits[^1] = (1UL << (capacity % 64)) - 1;
    }

    /// <summary>How many items there are, in the set or not.</summary>
    public int Capacity { get; }

    /// <summary>How many are in the set.</summary>
    public int Count => _bits.Sum(static bits => BitOperations.PopCount(bits));

    /// <summary>Whether the item is in the set.</summary>
    public bool Contains(int item) => (_bits[item >> 6] >> (item & 63) & 1) != 0;

    /// <summary>Puts an item in.</summary>
    public void Add(int item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, Capacity);
        _bits[item >> 6] |= 1UL << (item & 63);
    }

    /// <summary>Takes an item out.</summary>
    public void Remove(int item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, Capacity);
        _bits[item >> 6] &= ~(1UL << (item & 63));
    }

    /// <summary>Puts in all that the other set holds.</summary>
    public void UnionWith(ItemSet other)
    {
        Same(other);
        for (var i = 0; i < _bits.Length; i++) _bits[i] |= other._bits[i];
    }

    /// <summary>Keeps what the other set holds too.</summary>
    public void IntersectWith(ItemSet other)
    {
        Same(other);
        for (var i = 0; i < _bits.Length; i++) _bits[i] &= other._bits[i];
    }

    /// <summary>A set of what this one lacks.</summary>
    public ItemSet Complement()
    {
        var result = new ItemSet(Capacity, full: true);
        for (var i = 0; i < _bits.Length; i++) result._bits[i] &= ~_bits[i];
        return result;
    }

    /// <summary>An independent copy.</summary>
    public ItemSet Clone()
    {
        var copy = new ItemSet(Capacity);
        copy.UnionWith(this);
        return copy;
    }

    private void Same(ItemSet other)
    {
        if (other.Capacity != Capacity) throw new ArgumentException($"The sets are of {Capacity} and {other.Capacity} items.", nameof(other));
    }
}
