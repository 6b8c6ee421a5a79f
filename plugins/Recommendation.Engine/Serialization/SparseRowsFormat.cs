using EdgeHost.Plugins.Recommendation.Engine.Numerics;

namespace EdgeHost.Plugins.Recommendation.Engine.Serialization;

/// <summary>Sparse matrices in model files.</summary>
internal static class SparseRowsFormat
{
    public static void Rows(this ModelWriter writer, SparseRows rows)
    {
        writer.Int(rows.ColumnCount);
        writer.Ints(rows.Starts);
        writer.Ints(rows.Columns);
        writer.Floats(rows.Values);
    }

    public static SparseRows Rows(this ModelReader reader, int rowCount, int columnCount)
    {
        if (reader.Int() != columnCount) throw ModelReader.Broken("a matrix has another number of columns");
        var starts = reader.Ints(0, int.MaxValue);
        if (starts.Length != rowCount + 1 || starts[0] != 0) throw ModelReader.Broken("a matrix has another number of rows");
        var columns = reader.Ints(0, columnCount - 1);
        for (var row = 0; row < rowCount; row++)
        {
            if (starts[row + 1] < starts[row] || starts[row + 1] > columns.Length) throw ModelReader.Broken("the rows of a matrix overlap");
            for (var i = starts[row] + 1; i < starts[row + 1]; i++)
            {
                if (columns[i] <= columns[i - 1]) throw ModelReader.Broken("the columns of a matrix are out of order");
            }
        }

        if (starts[rowCount] != columns.Length) throw ModelReader.Broken("a matrix has entries without a row");
        return new SparseRows(starts, columns, reader.Floats(columns.Length), columnCount);
    }
}
