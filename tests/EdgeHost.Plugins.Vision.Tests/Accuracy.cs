using System.Text;
using EdgeHost.Plugins.Vision.Faces;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>How near a result is to what was expected.</summary>
internal static class Accuracy
{
    /// <summary>Edit distance over the expected length: 0 is perfect.</summary>
    public static double CharacterErrorRate(string expected, string actual)
    {
        var previous = Enumerable.Range(0, actual.Length + 1).ToArray();
        for (var i = 1; i <= expected.Length; i++)
        {
            var current = new int[actual.Length + 1];
            current[0] = i;
            for (var j = 1; j <= actual.Length; j++)
            {
                var changed = previous[j - 1] + (expected[i - 1] == actual[j - 1] ? 0 : 1);
                current[j] = Math.Min(changed, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return (double)previous[actual.Length] / Math.Max(1, expected.Length);
    }

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
    public static double Overlap(DetectedFace face, IReadOnlyList<double> box)
    {
        var width = Math.Min(face.BottomRight.X, box[2]) - Math.Max(face.TopLeft.X, box[0]);
        var height = Math.Min(face.BottomRight.Y, box[3]) - Math.Max(face.TopLeft.Y, box[1]);
        if (width <= 0 || height <= 0) return 0;
        var own = (face.BottomRight - face.TopLeft).X * (face.BottomRight - face.TopLeft).Y;
        return width * height / (own + ((box[2] - box[0]) * (box[3] - box[1])) - (width * height));
    }
}
