using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Makes the device forget a class, or a whole classifier, that the calling app taught.</summary>
[WireMessage]
public sealed partial class ForgetImagesRequest
{
    /// <summary>The classifier.</summary>
    [WireField(MaxLength = 64)]
    public required string Classifier { get; init; }

    /// <summary>The class; if absent, the whole classifier. A classifier goes with its last class.</summary>
    [WireField(MaxLength = 64)]
    public string? Label { get; init; }
}
