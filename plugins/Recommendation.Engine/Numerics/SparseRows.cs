namespace EdgeHost.Plugins.Recommendation.Engine.Numerics;

/// <summary>A sparse matrix by rows, columns ascending in each row. Immutable.</summary>
internal sealed class SparseRows
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;

    public SparseRows(int[] starts, int[] columns, float[] values, int columnCount)
    {
        _starts = starts;
        _columns = columns;
        _values = values;
        ColumnCount = columnCount;
    }

    public int RowCount => _starts.Length - 1;

    public int ColumnCount { get; }

    public int EntryCount => _columns.Length;

    public ReadOnlySpan<int> Starts => _starts;

    public ReadOnlySpan<int> Columns => _columns;

    public ReadOnlySpan<float> Values => _values;

    public ReadOnlySpan<int> ColumnsOf(int row) => _columns.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    public ReadOnlySpan<float> ValuesOf(int row) => _values.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    /// <summary>Adds a row times a factor to dense sums.</summary>
    public void AddRow(int row, float factor, Span<float> sums)
    {
        var columns = ColumnsOf(row);
        var values = ValuesOf(row);
        for (var i = 0; i < columns.Length; i++) sums[columns[i]] += values[i] * factor;
    }

    /// <summary>One entry; 0 where the row has none.</summary>
    public float ValueAt(int row, int column)
    {
        var found = ColumnsOf(row).BinarySearch(column);
        return found < 0 ? 0 : ValuesOf(row)[found];
    }

    /// <summary>The transposed matrix.</summary>
    public SparseRows Transposed()
    {
        var starts = new int[ColumnCount + 1];
        foreach (var column in _columns) starts[column + 1]++;
        for (var i = 0; i < ColumnCount; i++) starts[i + 1] += starts[i];
        var columns = new int[_columns.Length];
        var values = new float[_columns.Length];
        var next = starts.AsSpan(0, ColumnCount).ToArray();
        for (var row = 0; row < RowCount; row++)
        {
            for (var i = _starts[row]; i < _starts[row + 1]; i++)
            {
                var place = next[_columns[i]]++;
                columns[place] = row;
                values[place] = _values[i];
            }
        }

        return new SparseRows(starts, columns, values, RowCount);
    }

    /// <summary>The same matrix after rows and columns were numbered anew; -1 leaves one out.</summary>
    public SparseRows Mapped(ReadOnlySpan<int> rowMap, int rowCount, ReadOnlySpan<int> columnMap, int columnCount)
    {
        var sources = new int[rowCount];
        Array.Fill(sources, -1);
        for (var row = 0; row < RowCount; row++)
        {
            if (rowMap[row] >= 0) sources[rowMap[row]] = row;
        }

        var builder = new SparseRowsBuilder(rowCount, columnCount);
        var columns = new List<int>();
        var values = new List<float>();
        foreach (var source in sources)
        {
            columns.Clear();
            values.Clear();
            for (var i = source < 0 ? 0 : _starts[source]; source >= 0 && i < _starts[source + 1]; i++)
            {
                if (columnMap[_columns[i]] < 0) continue;
                columns.Add(columnMap[_columns[i]]);
                values.Add(_values[i]);
            }

            builder.Add([.. columns], [.. values]);
        }

        return builder.Build();
    }
}
