using System.Numerics;

namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>Reads BlazeFace's outputs: boxes relative to fixed anchors, and overlapping detections of one face averaged by their scores.</summary>
internal static class BlazeFaceDecoder
{
    // Detections of one face overlap by more than this.
    private const float SameFaceOverlap = 0.3f;
    private const float LogitLimit = 100;

    /// <summary>Middle of an anchor in the relative square.</summary>
    /// <param name="index">Row-major over the grid, then over the anchors of a cell.</param>
    /// <param name="grid">Cells a side.</param>
    /// <param name="perCell">Anchors of a cell.</param>
    public static Vector2 Anchor(int index, int grid, int perCell)
    {
        var (row, column) = Math.DivRem(index / perCell, grid);
        return new Vector2((column + 0.5f) / grid, (row + 0.5f) / grid);
    }

    /// <summary>Adds the detections of one output pair whose confidence reaches a threshold.</summary>
    /// <param name="logits">One a anchor.</param>
    /// <param name="boxes">Sixteen a anchor, in pixels of the input.</param>
    /// <param name="grid">Cells a side.</param>
    /// <param name="perCell">Anchors of a cell.</param>
    /// <param name="inputSize">Side of the input in pixels.</param>
    /// <param name="threshold">Least confidence.</param>
    /// <param name="found">Where they go.</param>
    public static void Decode(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> boxes, int grid, int perCell, int inputSize, float threshold, List<FaceCandidate> found)
    {
        for (var i = 0; i < grid * grid * perCell; i++)
        {
            var score = 1 / (1 + MathF.Exp(-Math.Clamp(logits[i], -LogitLimit, LogitLimit)));
            if (!(score >= threshold)) continue;
            var raw = boxes.Slice(i * 16, 16);
            var anchor = Anchor(i, grid, perCell);
            var center = (new Vector2(raw[0], raw[1]) / inputSize) + anchor;
            var half = new Vector2(raw[2], raw[3]) / (2 * inputSize);
            var face = new FaceCandidate { Score = score };
            face.Coordinates[0] = center.X - half.X;
            face.Coordinates[1] = center.Y - half.Y;
            face.Coordinates[2] = center.X + half.X;
            face.Coordinates[3] = center.Y + half.Y;
            for (var k = 4; k < 16; k += 2)
            {
                face.Coordinates[k] = (raw[k] / inputSize) + anchor.X;
                face.Coordinates[k + 1] = (raw[k + 1] / inputSize) + anchor.Y;
            }

            found.Add(face);
        }
    }

    /// <summary>One detection a face, the surest first: the surest box and all that overlap it, averaged by score; repeated with the rest.</summary>
    /// <param name="candidates">Emptied.</param>
    public static List<FaceCandidate> Merge(List<FaceCandidate> candidates)
    {
        var faces = new List<FaceCandidate>();
        candidates.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        while (candidates.Count > 0)
        {
            var best = candidates[0];
            var merged = new FaceCandidate { Score = best.Score };
            var weight = 0f;
            var kept = 0;
            for (var i = 0; i < candidates.Count; i++)
            {
                var other = candidates[i];
                if (i > 0 && FaceCandidate.Overlap(best, other) <= SameFaceOverlap)
                {
                    candidates[kept++] = other;
                    continue;
                }

                weight += other.Score;
                for (var k = 0; k < 16; k++)
                {
                    merged.Coordinates[k] += other.Coordinates[k] * other.Score;
                }
            }

            for (var k = 0; k < 16; k++)
            {
                merged.Coordinates[k] /= weight;
            }

            faces.Add(merged);
            candidates.RemoveRange(kept, candidates.Count - kept);
        }

        return faces;
    }
}
