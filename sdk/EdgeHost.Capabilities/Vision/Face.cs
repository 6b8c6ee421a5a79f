using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>One face in a picture.</summary>
[WireMessage]
public sealed partial class Face
{
    /// <summary>How sure the detector is, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }

    /// <summary>Where the face is, in pixels of the picture after EXIF rotation.</summary>
    public required Box Box { get; init; }

    /// <summary>Points of the face: right_eye, left_eye, nose_tip, mouth_center, right_ear, left_ear; right and left as the person has them.</summary>
    public IReadOnlyList<Landmark> Landmarks { get; init; } = [];
}
