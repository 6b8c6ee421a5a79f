using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A frame of a video that an app pushes.</summary>
[WireMessage]
public sealed partial class VideoFrame
{
    /// <summary>The frame: the bytes of a JPEG, PNG, WebP, BMP or GIF file. BMP costs no time to encode and little to decode, and goes well through shared memory.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>When it was taken, in milliseconds of the app's own clock; comes back with what was found in it.</summary>
    [WireField(Minimum = 0)]
    public long? TimeMs { get; init; }
}
