using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Which pixels of a picture are foreground.</summary>
[WireMessage]
public sealed partial class SegmentForegroundResponse
{
    /// <summary>A PNG file of the picture's size after EXIF rotation, 8-bit grey: 255 is foreground, 0 background, between them the edge; use it as alpha.</summary>
    public required ReadOnlyMemory<byte> Mask { get; init; }

    /// <summary>The share of the picture that is foreground, 0 to 1: the mean of the mask.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Coverage { get; init; }

    /// <summary>Width of the picture in pixels after EXIF rotation and of the mask.</summary>
    [WireField(Minimum = 0)]
    public int Width { get; init; }

    /// <summary>Height of the picture in pixels after EXIF rotation and of the mask.</summary>
    [WireField(Minimum = 0)]
    public int Height { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
