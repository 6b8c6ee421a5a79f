using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>What was learnt.</summary>
[WireMessage]
public sealed partial class CorrectImageResponse
{
    /// <summary>The classifier as it is now.</summary>
    public required TaughtClassifierInfo Classifier { get; init; }

    /// <summary>The label that the same picture had been taught with, if it was another.</summary>
    public string? Corrected { get; init; }
}
