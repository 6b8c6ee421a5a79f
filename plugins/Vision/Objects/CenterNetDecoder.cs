using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Models;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>CenterNet with its peaks picked in the graph: [1, N, 6] of left, top, right, bottom in pixels of the input, score, class of the 80 of COCO.</summary>
internal sealed class CenterNetDecoder : IObjectDecoder
{
    private const int Columns = 6;

    public int CountClasses(PictureAnswer answer) => CocoLabels.Names.Count;

    public void Decode(PictureAnswer answer, float threshold, List<ObjectCandidate> candidates)
    {
        var rows = answer.Floats(0);
        if (answer.ShapeOf(0).Rank != 3 || answer.ShapeOf(0)[2] != Columns) throw answer.Unexpected($"[1, N, {Columns}]");
        Decode(rows, threshold, candidates);
    }

    internal static void Decode(ReadOnlySpan<float> rows, float threshold, List<ObjectCandidate> candidates)
    {
        for (; rows.Length >= Columns; rows = rows[Columns..])
        {
            var box = new Bounds(new Vector2(rows[0], rows[1]), new Vector2(rows[2], rows[3]));
            if (rows[4] >= threshold && box.HasArea && rows[5] >= 0 && rows[5] < CocoLabels.Names.Count) candidates.Add(new ObjectCandidate(box, (int)rows[5], MathF.Min(rows[4], 1)));
        }
    }
}
