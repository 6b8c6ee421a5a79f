namespace EdgeHost.Plugins.Vision.Scenes;

/// <summary>What a picture shows.</summary>
/// <param name="Labels">All scenes, the surest first.</param>
/// <param name="Models">The models that judged, as id@version.</param>
internal sealed record SceneJudgement(IReadOnlyList<(string Label, float Confidence)> Labels, IReadOnlyList<string> Models);
