using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Shows the device a picture of a class of one's own. The first picture makes the classifier and the class.</summary>
[WireMessage]
public sealed partial class TeachImageRequest
{
    /// <summary>The classifier: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Classifier { get; init; }

    /// <summary>The class, 1 to 64 characters; not <c>unknown</c>.</summary>
    [WireField(MaxLength = 64)]
    public required string Label { get; init; }

    /// <summary>The picture: the bytes of a PNG, JPEG, WebP, BMP or GIF file. A picture that was taught before gets the new label. Only numbers made of it are kept, never the picture.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>
    /// Whether the classifier is to be trained on all its pictures once there are enough; true if absent. That is background work of the host, a moment after the last picture, and no answer waits
    /// for it. Pictures are known at once either way.
    /// </summary>
    public bool? Train { get; init; }
}
