using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>
/// Puts regions in the order a person reads: rows from the top, each from its left; columns of prose one after the other. The page's
/// slant is taken out first.
/// </summary>
internal static class ReadingOrder
{
    // Two regions are on one row if their middles differ by less than half the lower one's height.
    private const float RowOverlap = 0.5f;

    // Columns of prose: at least three long lines on either side of a gap at least one line high. Cells of a table are shorter and stay rows.
    private const int MinLinesOfColumn = 3;
    private const float MinLineShape = 6;
    private const float MinGutter = 1;

    // Rows looked at beyond the last one that fits: columns whose lines do not align need a few, and it bounds the search.
    private const int LookAhead = 12;

    /// <summary>Arranges regions.</summary>
    /// <param name="regions">Corners and slant of each.</param>
    /// <returns>Rows from first to last; each holds indexes into <paramref name="regions"/> from left to right.</returns>
    public static List<List<int>> Arrange(IReadOnlyList<TextRegion> regions)
    {
        var ordered = new List<List<int>>();
        if (regions.Count == 0) return ordered;
        var angles = regions.Select(static region => region.Angle).Order().ToArray();
        var rotation = Matrix3x2.CreateRotation(-angles[angles.Length / 2]);
        var boxes = new Box[regions.Count];
        for (var i = 0; i < boxes.Length; i++)
        {
            boxes[i] = Straighten(i, regions[i].Corners, rotation);
        }

        Arrange(boxes, ordered);
        return ordered;
    }

    private static Box Straighten(int index, Quad corners, Matrix3x2 rotation)
    {
        var center = Vector2.Transform(corners.Center, rotation);
        return new Box(index, center.X - (corners.Width / 2), center.X + (corners.Width / 2), center.Y, corners.Height);
    }

    private static void Arrange(IReadOnlyCollection<Box> boxes, List<List<int>> ordered)
    {
        var rows = GroupRows(boxes);
        for (var first = 0; first < rows.Count;)
        {
            var (count, gutter) = FindColumns(rows, first);
            if (count == 0)
            {
                ordered.Add(rows[first].ConvertAll(static box => box.Index));
                first++;
                continue;
            }

            var band = rows.GetRange(first, count).SelectMany(static row => row).ToList();
            Arrange(band.FindAll(box => box.Right <= gutter), ordered);
            Arrange(band.FindAll(box => box.Right > gutter), ordered);
            first += count;
        }
    }

    private static List<List<Box>> GroupRows(IEnumerable<Box> boxes)
    {
        var rows = new List<List<Box>>();
        foreach (var box in boxes.OrderBy(static box => box.Middle))
        {
            var row = rows.FindLast(row => Math.Abs(row.Average(static other => other.Middle) - box.Middle)
                < RowOverlap * Math.Min(box.Height, row.Average(static other => other.Height)));
            if (row is null) rows.Add([box]);
            else row.Add(box);
        }

        foreach (var row in rows)
        {
            row.Sort(static (a, b) => a.Left.CompareTo(b.Left));
        }

        return rows;
    }

    /// <summary>The longest run of rows from <paramref name="first"/> that a gutter divides into columns of prose; 0 rows if there is none.</summary>
    private static (int Count, float Gutter) FindColumns(List<List<Box>> rows, int first)
    {
        var band = new List<Box>();
        (int Count, float Gutter) best = default;
        for (var last = first; last < rows.Count; last++)
        {
            band.AddRange(rows[last]);
            band.Sort(static (a, b) => a.Left.CompareTo(b.Left));
            var lineHeight = band.Average(static box => box.Height);
            var open = false;
            var right = band[0].Right;
            for (var i = 1; i < band.Count; i++)
            {
                if (band[i].Left - right >= MinGutter * lineHeight)
                {
                    open = true;
                    if (IsProse(band.GetRange(0, i)) && IsProse(band.GetRange(i, band.Count - i)))
                    {
                        best = (last - first + 1, (right + band[i].Left) / 2);
                    }
                }

                right = Math.Max(right, band[i].Right);
            }

            if ((!open && band.Count > 1 && last - first >= MinLinesOfColumn) || last - first - best.Count >= LookAhead) break;
        }

        return best;
    }

    private static bool IsProse(List<Box> lines)
    {
        if (lines.Count < MinLinesOfColumn) return false;
        var shapes = lines.Select(static box => (box.Right - box.Left) / MathF.Max(box.Height, 1)).Order().ToArray();
        return shapes[shapes.Length / 2] >= MinLineShape;
    }

    private readonly record struct Box(int Index, float Left, float Right, float Middle, float Height);
}
