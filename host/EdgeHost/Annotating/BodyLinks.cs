namespace EdgeHost.Host.Annotating;

/// <summary>Which points of a body a skeleton joins, by the names of COCO's key points.</summary>
internal static class BodyLinks
{
    private static readonly (string From, string To)[] Joined =
    [
        ("nose", "left_eye"), ("nose", "right_eye"), ("left_eye", "left_ear"), ("right_eye", "right_ear"),
        ("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"),
        .. Sides("shoulder", "elbow"), .. Sides("elbow", "wrist"), .. Sides("shoulder", "hip"), .. Sides("hip", "knee"), .. Sides("knee", "ankle"),
    ];

    /// <summary>Pairs of indices into the names; empty where they are no body's, such as those of a face alone.</summary>
    public static IReadOnlyList<(int From, int To)> Among(string[] names)
    {
        if (!names.Any(static name => name.EndsWith("_shoulder", StringComparison.Ordinal) || name.EndsWith("_hip", StringComparison.Ordinal))) return [];
        return
        [
            .. Joined.Select(pair => (From: Array.IndexOf(names, pair.From), To: Array.IndexOf(names, pair.To)))
                .Where(static pair => pair.From >= 0 && pair.To >= 0),
        ];
    }

    private static (string From, string To)[] Sides(string from, string to) => [($"left_{from}", $"left_{to}"), ($"right_{from}", $"right_{to}")];
}
