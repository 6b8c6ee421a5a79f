using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Objects;

/// <summary>Drops boxes that are another view of the same thing: greedy non-maximum suppression, each class by itself. No state.</summary>
internal static class OverlapSuppression
{
    // Bounds the work, which grows with the square: nothing that people look at has so many things in it.
    private const int MostCompared = 4096;

    /// <summary>Keeps the surest box of each thing.</summary>
    /// <param name="candidates">In any order; of equally sure ones the first counts as surer.</param>
    /// <param name="maxOverlap">Boxes of a class that share more than this with a surer one are dropped, 0 to 1; null: none is.</param>
    /// <param name="most">At most so many are kept; ≥ 1.</param>
    /// <returns>Those kept, the surest first.</returns>
    public static List<ObjectCandidate> Keep(List<ObjectCandidate> candidates, float? maxOverlap, int most)
    {
        var sorted = candidates.OrderByDescending(static candidate => candidate.Score).Take(MostCompared);
        var kept = new List<ObjectCandidate>();
        foreach (var candidate in sorted)
        {
            if (kept.Count == most) break;
            if (maxOverlap is not { } limit || !kept.Exists(other => other.Class == candidate.Class && Bounds.Overlap(other.Box, candidate.Box) > limit)) kept.Add(candidate);
        }

        return kept;
    }
}
