using System.Numerics;
using System.Text;
using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>How near a result is to what was expected.</summary>
internal static class Accuracy
{
    /// <summary>Edit distance over the expected length: 0 is perfect.</summary>
    public static double CharacterErrorRate(string expected, string actual) => EditDistance.CharacterErrorRate(expected, actual);

    /// <summary>The text without white space.</summary>
    public static string WithoutSpaces(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune)) kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    /// <summary>Shared area over joined area of a face and the box [left, top, right, bottom].</summary>
    public static double Overlap(DetectedFace face, IReadOnlyList<double> box) => Overlap(new Bounds(face.TopLeft, face.BottomRight), box);

    /// <summary>Shared area over joined area of two boxes, the second as [left, top, right, bottom].</summary>
    public static double Overlap(Bounds found, IReadOnlyList<double> box)
        => Bounds.Overlap(found, new Bounds(new Vector2((float)box[0], (float)box[1]), new Vector2((float)box[2], (float)box[3])));
}
