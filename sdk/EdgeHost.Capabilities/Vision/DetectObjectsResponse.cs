using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>The objects found in a picture.</summary>
[WireMessage]
public sealed partial class DetectObjectsResponse
{
    /// <summary>The objects, the surest first.</summary>
    public required IReadOnlyList<DetectedObject> Objects { get; init; }

    /// <summary>Width of the picture in pixels after EXIF rotation; coordinates are from 0 to this.</summary>
    [WireField(Minimum = 0)]
    public int Width { get; init; }

    /// <summary>Height of the picture in pixels after EXIF rotation; coordinates are from 0 to this.</summary>
    [WireField(Minimum = 0)]
    public int Height { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
