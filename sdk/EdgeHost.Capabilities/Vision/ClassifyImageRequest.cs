using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Says what a picture shows, as one of a set of classes.</summary>
[WireMessage]
public sealed partial class ClassifyImageRequest
{
    /// <summary>The picture: the bytes of a PNG, JPEG, WebP, BMP or GIF file; of an animated one the first frame. EXIF rotation is honoured.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>A classifier that this app taught; if absent, the classes of a model.</summary>
    [WireField(MaxLength = 64)]
    public string? Classifier { get; init; }

    /// <summary>Most labels to return, the surest first, 1 to 1,000; 5 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 1000)]
    public int? TopK { get; init; }

    /// <summary>Labels below this confidence are left out, 0 to 1; none if absent.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? MinConfidence { get; init; }

    /// <summary>The model to use, by its id; if absent, the best one on the device.</summary>
    public string? Model { get; init; }
}
