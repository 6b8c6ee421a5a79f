namespace EdgeHost.Plugins.Recommendation.Engine.Numerics;

/// <summary>Makes a sparse matrix row by row. Not thread-safe.</summary>
internal sealed class SparseRowsBuilder(int rowCount, int columnCount)
{
    private readonly int[] _starts = new int[rowCount + 1];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private int _row;

    /// <summary>The next row. Columns may be in any order, each once.</summary>
    public void Add(int[] columns, float[] values)
    {
        Array.Sort(columns, values);
        _columns.AddRange(columns);
        _values.AddRange(values);
        _starts[++_row] = _columns.Count;
    }

    /// <summary>The matrix; rows that were not added are empty.</summary>
    public SparseRows Build()
    {
        while (_row < rowCount) Add([], []);
        return new SparseRows(_starts, [.. _columns], [.. _values], columnCount);
    }
}
