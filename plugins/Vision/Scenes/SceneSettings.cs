namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>Which scenes are under a roof. No state.</summary>
internal static class SceneSettings
{
    private static readonly HashSet<string> Indoor = new(StringComparer.Ordinal) { "bathroom", "bedroom", "kitchen", "living_room", "office", "shop" };

    /// <summary><c>indoor</c> or <c>outdoor</c>; null for <see cref="SceneHead.Unknown"/>.</summary>
    /// <param name="label">A scene.</param>
    public static string? Of(string label) => label == SceneHead.Unknown ? null : Indoor.Contains(label) ? "indoor" : "outdoor";
}
