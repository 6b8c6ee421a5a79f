using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>One line of text in a picture.</summary>
[WireMessage]
public sealed partial class TextLine
{
    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>How sure the recogniser is, 0 to 1: the mean over the characters.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }

    /// <summary>The line's four corners in pixels of the picture after EXIF rotation, clockwise as one reads, from the top left of the text.</summary>
    public required IReadOnlyList<Point> Polygon { get; init; }

    /// <summary>Whether the line stood upside down in the picture; absent if nobody looked.</summary>
    [WireField(Name = "rotated_180")]
    public bool? Rotated180 { get; init; }
}
