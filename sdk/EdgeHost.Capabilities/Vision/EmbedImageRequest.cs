using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Makes a vector of a picture: pictures of like content have vectors that are near each other.</summary>
[WireMessage]
public sealed partial class EmbedImageRequest
{
    /// <summary>The picture: the bytes of a PNG, JPEG, WebP, BMP or GIF file; of an animated one the first frame. EXIF rotation is honoured.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>The model to use, by its id; if absent, the best one on the device.</summary>
    public string? Model { get; init; }
}
