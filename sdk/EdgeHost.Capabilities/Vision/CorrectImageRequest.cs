using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Says what would have been right, so that a classifier learns it: of an answer of late, without its picture, or of a picture.</summary>
[WireMessage]
public sealed partial class CorrectImageRequest
{
    /// <summary>The classifier; it must be there.</summary>
    [WireField(MaxLength = 64)]
    public required string Classifier { get; init; }

    /// <summary>What is right: a class of the classifier or a new one, 1 to 64 characters; not <c>unknown</c>.</summary>
    [WireField(MaxLength = 64)]
    public required string Label { get; init; }

    /// <summary>The answer: <c>answer</c> of the reply of <c>vision.classify_image</c>. Either this or <see cref="Image"/>.</summary>
    [WireField(MaxLength = 64)]
    public string? Answer { get; init; }

    /// <summary>The picture: the bytes of a PNG, JPEG, WebP, BMP or GIF file.</summary>
    public ReadOnlyMemory<byte>? Image { get; init; }
}
