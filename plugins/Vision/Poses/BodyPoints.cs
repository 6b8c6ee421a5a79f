namespace EdgeHost.Plugins.Vision.Poses;

/// <summary>The 17 points of a body that COCO annotates, in its order; left and right as the person has them.</summary>
internal static class BodyPoints
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
        "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    ];
}
