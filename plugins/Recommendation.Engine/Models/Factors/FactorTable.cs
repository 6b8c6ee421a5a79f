using System.Buffers;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>
/// Vectors of items, the longest first, so that a search for the best products may stop: no product exceeds the lengths' product (Cauchy and Schwarz), and what follows is shorter. The
/// search is exact. Items without a vector score 0. Immutable.
/// </summary>
internal sealed class FactorTable
{
    private const int Block = 512;
    private const float Rounding = 1 + 1e-5f;

    private readonly float[] _rows;
    private readonly int[] _items;
    private readonly int[] _rowOf;
    private readonly float[] _lengths;

    private FactorTable(float[] rows, int[] items, int itemCount, int width)
    {
        Width = width;
        _rows = rows;
        _items = items;
        _rowOf = new int[itemCount];
        Array.Fill(_rowOf, -1);
        for (var row = 0; row < items.Length; row++) _rowOf[items[row]] = row;
        _lengths = new float[items.Length];
        for (var row = 0; row < items.Length; row++) _lengths[row] = MathF.Sqrt(VectorMath.Dot(RowAt(row), RowAt(row)));
    }

    public int Width { get; }

    public int ItemCount => _rowOf.Length;

    public int RowCount => _items.Length;

    public long Bytes => ((long)_rows.Length + _items.Length + _rowOf.Length + _lengths.Length) * 4;

    /// <summary>Makes a table of vectors by item; those that are zero throughout are left out.</summary>
    public static FactorTable Create(ReadOnlySpan<float> vectors, int itemCount, int width)
    {
        var items = new List<int>(itemCount);
        var lengths = new float[itemCount];
        for (var item = 0; item < itemCount; item++)
        {
            var vector = vectors.Slice(item * width, width);
            lengths[item] = VectorMath.Dot(vector, vector);
            if (lengths[item] > 0) items.Add(item);
        }

        items.Sort((a, b) => lengths[a] != lengths[b] ? lengths[b].CompareTo(lengths[a]) : a.CompareTo(b));
        var rows = new float[items.Count * width];
        for (var row = 0; row < items.Count; row++) vectors.Slice(items[row] * width, width).CopyTo(rows.AsSpan(row * width));
        return new FactorTable(rows, [.. items], itemCount, width);
    }

    public static FactorTable Read(ModelReader reader, int itemCount)
    {
        var width = reader.Int(1, 4096);
        var items = reader.Ints(0, itemCount - 1);
        if (items.Distinct().Count() != items.Length) throw ModelReader.Broken("an item has two vectors");
        if ((long)items.Length * width > Array.MaxLength) throw ModelReader.Broken("the vectors are too many");
        return new FactorTable(reader.Floats(items.Length * width), items, itemCount, width);
    }

    public void Write(ModelWriter writer)
    {
        writer.Int(Width);
        writer.Ints(_items);
        writer.Floats(_rows);
    }

    /// <summary>The vector of an item; empty where it has none.</summary>
    public ReadOnlySpan<float> VectorOf(int item) => _rowOf[item] < 0 ? [] : RowAt(_rowOf[item]);

    public void Score(ReadOnlySpan<float> query, Span<float> scores)
    {
        if (_items.Length < scores.Length) scores.Clear();
        Span<float> products = stackalloc float[Block];
        for (var first = 0; first < _items.Length; first += Block)
        {
            var count = Math.Min(Block, _items.Length - first);
            VectorMath.RowDots(_rows.AsSpan(first * Width, count * Width), query, products[..count]);
            for (var i = 0; i < count; i++) scores[_items[first + i]] = products[i];
        }
    }

    public void ScoreSome(ReadOnlySpan<float> query, ReadOnlySpan<int> items, Span<float> scores)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var vector = VectorOf(items[i]);
            scores[i] = vector.IsEmpty ? 0 : VectorMath.Dot(vector, query);
        }
    }

    public IReadOnlyList<(int Item, float Score)> Top(ReadOnlySpan<float> query, int count, ItemSet? excluded)
    {
        var top = new TopItems(Math.Min(count, ItemCount));
        var length = MathF.Sqrt(VectorMath.Dot(query, query)) * Rounding;
        var products = ArrayPool<float>.Shared.Rent(Block);
        for (var first = 0; first < _items.Length && !(length * _lengths[first] < top.Threshold); first += Block)
        {
            var rows = Math.Min(Block, _items.Length - first);
            VectorMath.RowDots(_rows.AsSpan(first * Width, rows * Width), query, products.AsSpan(0, rows));
            for (var i = 0; i < rows; i++)
            {
                if (products[i] >= top.Threshold && excluded?.Contains(_items[first + i]) != true) top.Offer(_items[first + i], products[i]);
            }
        }

        ArrayPool<float>.Shared.Return(products);
        for (var item = 0; item < _rowOf.Length && _items.Length < _rowOf.Length && top.Threshold <= 0; item++)
        {
            if (_rowOf[item] < 0 && excluded?.Contains(item) != true) top.Offer(item, 0);
        }

        return top.ToSorted();
    }

    /// <summary>The same vectors in other numbers.</summary>
    public FactorTable Mapped(int[] map, int itemCount)
    {
        var kept = Enumerable.Range(0, _items.Length).Where(row => map[_items[row]] >= 0).ToArray();
        var rows = new float[kept.Length * Width];
        for (var i = 0; i < kept.Length; i++) RowAt(kept[i]).CopyTo(rows.AsSpan(i * Width));
        return new FactorTable(rows, Array.ConvertAll(kept, row => map[_items[row]]), itemCount, Width);
    }

    private ReadOnlySpan<float> RowAt(int row) => _rows.AsSpan(row * Width, Width);
}
