using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>What kind of place a picture shows.</summary>
[WireMessage]
public sealed partial class RecognizeSceneResponse
{
    /// <summary>
    /// Kinds of places, for example <c>kitchen</c> or <c>forest</c>, the surest first. <c>unknown</c> is the first where none is sure enough or the picture shows no place at all; what it might
    /// be all the same stands behind it.
    /// </summary>
    public required IReadOnlyList<ImageLabel> Labels { get; init; }

    /// <summary><c>indoor</c> or <c>outdoor</c>; absent where the first label is <c>unknown</c>.</summary>
    public string? Setting { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
