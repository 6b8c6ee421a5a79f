using System.Numerics;
using System.Runtime.CompilerServices;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>One face as the network gives it: its box as edges and six points, all relative to the square input (0 to 1).</summary>
internal struct FaceCandidate
{
    /// <summary>Confidence, 0 to 1.</summary>
    public float Score;

    /// <summary>Left, top, right, bottom, then x and y of the six points.</summary>
    public Values Coordinates;

    public readonly float Left => Coordinates[0];

    public readonly float Top => Coordinates[1];

    public readonly float Right => Coordinates[2];

    public readonly float Bottom => Coordinates[3];

    /// <summary>The box.</summary>
    public readonly Bounds Box => new(new Vector2(Left, Top), new Vector2(Right, Bottom));

    /// <summary>Shared area divided by joined area, 0 to 1.</summary>
    public static float Overlap(in FaceCandidate a, in FaceCandidate b) => Bounds.Overlap(a.Box, b.Box);
    /// <summary>Sixteen numbers in place.</summary>
    [InlineArray(16)]
    internal struct Values
    {
        private float _first;
    }
}
