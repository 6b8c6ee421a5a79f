using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Reads the text in a picture.</summary>
[WireMessage]
public sealed partial class RecognizeTextRequest
{
    /// <summary>The picture: the bytes of a PNG, JPEG, WebP or BMP file. EXIF rotation is honoured.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }
}
