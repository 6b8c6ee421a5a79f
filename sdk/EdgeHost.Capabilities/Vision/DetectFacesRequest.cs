using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Finds the faces in a picture.</summary>
[WireMessage]
public sealed partial class DetectFacesRequest
{
    /// <summary>The picture: the bytes of a PNG, JPEG, WebP or BMP file. EXIF rotation is honoured.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>How far from the camera to look; auto if absent.</summary>
    public FaceRange? Range { get; init; }

    /// <summary>Faces below this confidence are left out, 0 to 1; the model's own threshold if absent.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? MinConfidence { get; init; }

    /// <summary>Most faces to return, the surest first; all if absent.</summary>
    [WireField(Minimum = 1)]
    public int? MaxResults { get; init; }
}
