using System.Buffers;
using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>
/// Turns the detector's probability map into rectangles (differentiable binarisation's post-processing): regions of 8-connected pixels
/// above a threshold, the smallest rectangle around each, its mean probability, and its growth to the text's full height.
/// </summary>
internal sealed class RegionFinder(TextOptions options)
{
    // In pixels of the map: what is smaller is noise.
    private const float MinSide = 3;
    private const float MinGrownSide = 5;

    /// <summary>Finds regions.</summary>
    /// <param name="map">Probabilities, row by row.</param>
    /// <param name="width">The map's width.</param>
    /// <param name="height">The map's height.</param>
    /// <param name="scale">Picture pixels for one map pixel, across and down.</param>
    /// <returns>At most <see cref="TextOptions.MaxRegions"/>, the surest first.</returns>
    public List<TextRegion> Find(ReadOnlySpan<float> map, int width, int height, Vector2 scale)
    {
        var regions = new List<TextRegion>();
        var outline = new List<Vector2>();
        var hull = new List<Vector2>();
        var seen = ArrayPool<bool>.Shared.Rent(width * height);
        var extents = ArrayPool<(int Left, int Right)>.Shared.Rent(height);
        var pending = new Stack<Run>();
        try
        {
            seen.AsSpan(0, width * height).Clear();
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    if (seen[(y * width) + x] || map[(y * width) + x] <= options.PixelThreshold) continue;
                    var bottom = Fill(map, width, height, x, y, seen, extents, pending);
                    outline.Clear();
                    for (var row = y; row <= bottom; row++)
                    {
                        outline.Add(new Vector2(extents[row].Left, row));
                        outline.Add(new Vector2(extents[row].Right, row));
                    }

                    ConvexHull.Compute(outline, hull);
                    if (Measure(hull, map, width, height, scale) is { } region) regions.Add(region);
                }
            }
        }
        finally
        {
            ArrayPool<bool>.Shared.Return(seen);
            ArrayPool<(int Left, int Right)>.Shared.Return(extents);
        }

        if (regions.Count > options.MaxRegions)
        {
            regions.Sort(static (a, b) => b.Score.CompareTo(a.Score));
            regions.RemoveRange(options.MaxRegions, regions.Count - options.MaxRegions);
        }

        return regions;
    }

    private TextRegion? Measure(List<Vector2> hull, ReadOnlySpan<float> map, int width, int height, Vector2 scale)
    {
        if (hull.Count < 3) return null;
        var rectangle = MinimumAreaRectangle.Around(hull);
        if (MathF.Min(rectangle.Width, rectangle.Height) < MinSide) return null;
        var score = rectangle.MeanInside(map, width, height);
        if (score < options.RegionThreshold) return null;
        rectangle = rectangle.Grown(options.Growth);
        if (MathF.Min(rectangle.Width, rectangle.Height) < MinGrownSide) return null;

        // A map pixel's centre is half a pixel from its corner, which is where picture coordinates count from.
        var centered = rectangle with { Center = rectangle.Center + new Vector2(0.5f) };
        return new TextRegion(centered.Corners().Scaled(scale), rectangle.Angle, score);
    }

    /// <summary>Marks the region that contains the first pixel of its topmost row; gives each row's extent and returns the last row.</summary>
    private int Fill(
        ReadOnlySpan<float> map,
        int width,
        int height,
        int startX,
        int startY,
        bool[] seen,
        (int Left, int Right)[] extents,
        Stack<Run> pending)
    {
        var bottom = startY - 1;
        seen[(startY * width) + startX] = true;
        pending.Push(new Run(startX, startX, startY));
        while (pending.TryPop(out var run))
        {
            // The pixels of a run on the stack are marked; it may go on to its left and right.
            var row = run.Y * width;
            int left = run.Left, right = run.Right;
            while (left > 0 && IsNew(map, seen, row + left - 1)) seen[row + --left] = true;
            while (right < width - 1 && IsNew(map, seen, row + right + 1)) seen[row + ++right] = true;

            // Rows are met one after the other from the top, because a run only leads to its neighbours.
            if (run.Y > bottom) extents[bottom = run.Y] = (left, right);
            else extents[run.Y] = (Math.Min(extents[run.Y].Left, left), Math.Max(extents[run.Y].Right, right));
            for (var y = run.Y - 1; y <= run.Y + 1; y += 2)
            {
                if (y < 0 || y >= height) continue;
                var first = Math.Max(0, left - 1) + (y * width);
                var last = Math.Min(width - 1, right + 1) + (y * width);
                for (var index = first; index <= last; index++)
                {
                    if (!IsNew(map, seen, index)) continue;
                    var start = index;
                    while (index <= last && IsNew(map, seen, index)) seen[index++] = true;
                    pending.Push(new Run(start - (y * width), index - 1 - (y * width), y));
                }
            }
        }

        return bottom;
    }

    private bool IsNew(ReadOnlySpan<float> map, bool[] seen, int index) => !seen[index] && map[index] > options.PixelThreshold;

    /// <summary>Neighbouring pixels of one row.</summary>
    private readonly record struct Run(int Left, int Right, int Y);
}
