using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>One object in a picture.</summary>
[WireMessage]
public sealed partial class DetectedObject
{
    /// <summary>What it is, as the model calls it.</summary>
    public required string Label { get; init; }

    /// <summary>How sure the detector is, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }

    /// <summary>Where it is, in pixels of the picture after EXIF rotation; inside the picture.</summary>
    public required Box Box { get; init; }
}
