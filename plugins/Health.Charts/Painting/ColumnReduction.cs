using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>Draws a line with at most four points a column of pixels: the first, the lowest, the highest and the last, in their order. Not thread-safe.</summary>
internal sealed class ColumnReduction(SKPathBuilder path, float pixelsPerPoint)
{
    private readonly SKPoint[] _points = new SKPoint[4];
    private readonly int[] _order = new int[4];
    private int _column = int.MinValue;
    private int _count;

    /// <summary>Adds a point.</summary>
    /// <param name="x">In points, not left of the one before.</param>
    /// <param name="y">In points.</param>
    /// <param name="isNew">Whether a new line begins with it.</param>
    public void Add(float x, float y, bool isNew)
    {
        var (point, column) = (new SKPoint(x, y), (int)MathF.Floor(x * pixelsPerPoint));
        if (isNew || column != _column)
        {
            End();
            if (isNew) path.MoveTo(point);
            else path.LineTo(point);
            (_column, _count) = (column, 0);
            Array.Fill(_points, point);
            Array.Fill(_order, 0);
            return;
        }

        _count++;
        if (y < _points[1].Y) (_points[1], _order[1]) = (point, _count);
        if (y > _points[2].Y) (_points[2], _order[2]) = (point, _count);
        (_points[3], _order[3]) = (point, _count);
    }

    /// <summary>Draws what is left of the last column.</summary>
    public void End()
    {
        if (_count == 0) return;
        var (early, late) = _order[1] <= _order[2] ? (1, 2) : (2, 1);
        if (_order[early] > 0) path.LineTo(_points[early]);
        if (_order[late] > 0) path.LineTo(_points[late]);
        path.LineTo(_points[3]);
        _count = 0;
    }
}
