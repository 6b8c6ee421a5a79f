using System.Numerics;
using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Models;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>
/// YOLOX: [1, N, 5 + classes], a row for every cell of grids of 8, 16 and 32 pixels, row by row: centre x, y and the logarithms of width and height in cells, objectness, scores of the
/// classes; the last two are probabilities already. (Z. Ge et al., YOLOX: Exceeding YOLO Series in 2021, arXiv:2107.08430.)
/// </summary>
internal sealed class YoloxDecoder : IObjectDecoder
{
    private const int BoxColumns = 5;

    public int CountClasses(PictureAnswer answer)
    {
        var shape = answer.ShapeOf(0);
        if (shape.Rank != 3 || shape[2] <= BoxColumns || shape[1] != CellsOf(answer.Form.Width, answer.Form.Height)) throw answer.Unexpected($"[1, {CellsOf(answer.Form.Width, answer.Form.Height)}, 5 + classes]");
        return (int)shape[2] - BoxColumns;
    }

    public void Decode(PictureAnswer answer, float threshold, List<ObjectCandidate> candidates)
        => Decode(answer.Floats(0), CountClasses(answer), answer.Form.Width, answer.Form.Height, threshold, candidates);

    internal static void Decode(ReadOnlySpan<float> rows, int classes, int width, int height, float threshold, List<ObjectCandidate> candidates)
    {
        foreach (var stride in (ReadOnlySpan<int>)[8, 16, 32])
        {
            var across = width / stride;
            var cells = across * (height / stride);
            for (var cell = 0; cell < cells; cell++, rows = rows[(BoxColumns + classes)..])
            {
                // No class can be surer than that there is an object at all.
                if (!(rows[4] >= threshold)) continue;
                var scores = rows.Slice(BoxColumns, classes);
                var best = TensorPrimitives.IndexOfMax(scores);
                var score = rows[4] * scores[best];
                if (!(score >= threshold)) continue;
                var center = new Vector2(rows[0] + (cell % across), rows[1] + (cell / across)) * stride;
                var box = Bounds.Around(center, new Vector2(MathF.Exp(rows[2]), MathF.Exp(rows[3])) * stride);
                if (box.HasArea) candidates.Add(new ObjectCandidate(box, best, MathF.Min(score, 1)));
            }
        }
    }

    private static long CellsOf(int width, int height) => ((long)(width / 8) * (height / 8)) + ((width / 16) * (height / 16)) + ((width / 32) * (height / 32));
}
