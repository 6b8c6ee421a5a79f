using System.Runtime.CompilerServices;

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

    /// <summary>Shared area divided by joined area, 0 to 1.</summary>
    public static float Overlap(in FaceCandidate a, in FaceCandidate b)
    {
        var width = MathF.Min(a.Right, b.Right) - MathF.Max(a.Left, b.Left);
        var height = MathF.Min(a.Bottom, b.Bottom) - MathF.Max(a.Top, b.Top);
        if (width <= 0 || height <= 0) return 0;
        var shared = width * height;
        var joined = ((a.Right - a.Left) * (a.Bottom - a.Top)) + ((b.Right - b.Left) * (b.Bottom - b.Top)) - shared;
        return joined > 0 ? shared / joined : 0;
    }

    /// <summary>Sixteen numbers in place.</summary>
    [InlineArray(16)]
    internal struct Values
    {
        private float _first;
    }
}
