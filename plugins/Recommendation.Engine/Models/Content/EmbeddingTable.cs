using EdgeHost.Plugins.Recommendation.Engine.Numerics;
using EdgeHost.Plugins.Recommendation.Engine.Serialization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Content;

/// <summary>
/// Directions of items with 8 bits a number: a quarter of the memory, and of the time of scoring all of a large catalogue, which is that of reading it. Each is of length 1 as it is kept, so that an item is
/// as near as can be to itself; the products of two differ from those of what was given by about 0.001. Items without one score 0. Immutable.
/// </summary>
internal sealed class EmbeddingTable
{
    /// <summary>The most numbers of an embedding.</summary>
    public const int MostWidth = Int8Math.MostNumbers;

    private readonly sbyte[] _rows;
    private readonly int[] _items;
    private readonly int[] _rowOf;
    private readonly float[] _scales;

    private EmbeddingTable(sbyte[] rows, int[] items, int itemCount, int width)
    {
        (Width, _rows, _items) = (width, rows, items);
        _rowOf = new int[itemCount];
        Array.Fill(_rowOf, -1);
        _scales = new float[items.Length];
        for (var row = 0; row < items.Length; row++)
        {
            _rowOf[items[row]] = row;
            var sum = 0L;
            foreach (var value in RowAt(row)) sum += value * value;
            _scales[row] = (float)(1 / Math.Sqrt(sum));
        }
    }

    /// <summary>The numbers of an embedding.</summary>
    public int Width { get; }

    /// <summary>How many items have one.</summary>
    public int RowCount => _items.Length;

    public long Bytes => _rows.Length + ((long)(_items.Length + _rowOf.Length + _scales.Length) * 4);

    /// <summary>Makes a table; what is zero throughout, or has numbers that are not finite, is left out.</summary>
    /// <param name="embeddings">The items in ascending order, each with <paramref name="width"/> numbers; gone through once.</param>
    /// <param name="itemCount">How many items the catalogue has.</param>
    /// <param name="width">From 1 to <see cref="MostWidth"/>.</param>
    public static EmbeddingTable Create(IReadOnlyCollection<(int Item, ReadOnlyMemory<float> Vector)> embeddings, int itemCount, int width)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostWidth);
        var rows = new sbyte[embeddings.Count * width];
        var items = new int[embeddings.Count];
        var count = 0;
        foreach (var (item, vector) in embeddings)
        {
            if (!Int8Math.TryQuantise(vector.Span, rows.AsSpan(count * width, width))) continue;
            items[count++] = item;
        }

        return count == items.Length ? new EmbeddingTable(rows, items, itemCount, width) : new EmbeddingTable(rows[..(count * width)], items[..count], itemCount, width);
    }

    public static EmbeddingTable Read(ModelReader reader, int itemCount)
    {
        var width = reader.Int(1, MostWidth);
        var items = reader.Ints(0, itemCount - 1);
        for (var i = 1; i < items.Length; i++)
        {
            if (items[i] <= items[i - 1]) throw ModelReader.Broken("its embeddings are out of order");
        }

        if ((long)items.Length * width > Array.MaxLength) throw ModelReader.Broken("the embeddings are too many");
        var rows = reader.SignedBytes(items.Length * width);
        for (var row = 0; row < items.Length; row++)
        {
            if (!rows.AsSpan(row * width, width).ContainsAnyExcept((sbyte)0)) throw ModelReader.Broken("an embedding is zero");
        }

        return new EmbeddingTable(rows, items, itemCount, width);
    }

    public void Write(ModelWriter writer)
    {
        writer.Int(Width);
        writer.Ints(_items);
        writer.SignedBytes(_rows);
    }

    /// <summary>Whether an item has an embedding.</summary>
    public bool Has(int item) => _rowOf[item] >= 0;

    /// <summary>Adds a multiple of an item's direction to a sum; nothing where it has none.</summary>
    /// <param name="item">The item.</param>
    /// <param name="factor">The multiple.</param>
    /// <param name="sum">As long as <see cref="Width"/>.</param>
    public void AddTo(int item, float factor, Span<float> sum)
    {
        if (_rowOf[item] is not (>= 0 and var row)) return;
        var scaled = factor * _scales[row];
        var values = RowAt(row);
        for (var i = 0; i < values.Length; i++) sum[i] += scaled * values[i];
    }

    /// <summary>The cosine of two items, -1 to 1; 0 where one has no embedding.</summary>
    public float Cosine(int a, int b)
        => _rowOf[a] is >= 0 and var rowA && _rowOf[b] is >= 0 and var rowB ? Int8Math.Dot(RowAt(rowA), RowAt(rowB)) * _scales[rowA] * _scales[rowB] : 0;

    /// <summary>Writes the product of each item's direction with a vector; 0 for items without one.</summary>
    /// <param name="query">As long as <see cref="Width"/>; taken with 16 bits a number, with fewer beyond 516 (<see cref="Int8Math.MostOf"/>).</param>
    /// <param name="scores">As many as there are items.</param>
    public void Score(ReadOnlySpan<float> query, Span<float> scores)
    {
        if (_items.Length < scores.Length) scores.Clear();
        var whole = new short[Width];
        var scale = Int8Math.Quantise(query, whole);
        for (var row = 0; row < _items.Length; row++) scores[_items[row]] = Int8Math.Dot(RowAt(row), whole) * (scale * _scales[row]);
    }

    /// <summary>The same directions in other numbers.</summary>
    public EmbeddingTable Mapped(int[] map, int itemCount)
    {
        var kept = Enumerable.Range(0, _items.Length).Where(row => map[_items[row]] >= 0).OrderBy(row => map[_items[row]]).ToArray();
        var rows = new sbyte[kept.Length * Width];
        for (var i = 0; i < kept.Length; i++) RowAt(kept[i]).CopyTo(rows.AsSpan(i * Width));
        return new EmbeddingTable(rows, Array.ConvertAll(kept, row => map[_items[row]]), itemCount, Width);
    }

    private ReadOnlySpan<sbyte> RowAt(int row) => _rows.AsSpan(row * Width, Width);
}
