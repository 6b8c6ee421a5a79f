using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Says what kind of place a picture shows.</summary>
[WireMessage]
public sealed partial class RecognizeSceneRequest
{
    /// <summary>The picture: the bytes of a PNG, JPEG, WebP, BMP or GIF file; of an animated one the first frame. EXIF rotation is honoured.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>Most labels to return, the surest first, 1 to 100; 3 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 100)]
    public int? TopK { get; init; }
}
