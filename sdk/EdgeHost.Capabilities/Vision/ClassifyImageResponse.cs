using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>What a picture shows.</summary>
[WireMessage]
public sealed partial class ClassifyImageResponse
{
    /// <summary>The labels, the surest first.</summary>
    public required IReadOnlyList<ImageLabel> Labels { get; init; }

    /// <summary>Whose classes these are: that of the request, <c>imagenet</c> or whatever the model's manifest calls them, <c>scenes</c> where only the classes that come with the host were there.</summary>
    public required string Classifier { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>What <c>vision.correct</c> names this answer by, for a while; absent where no taught classifier answered.</summary>
    public string? Answer { get; init; }
}
