using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>One person's body in a picture.</summary>
[WireMessage]
public sealed partial class Person
{
    /// <summary>How sure the model is, 0 to 1: the mean of the confidences of <see cref="Keypoints"/>.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }

    /// <summary>The points of the body that were found: nose, left_eye, right_eye, left_ear, right_ear, then left and right shoulder, elbow, wrist, hip, knee, ankle; left and right as the person has them.</summary>
    public required IReadOnlyList<Keypoint> Keypoints { get; init; }
}
