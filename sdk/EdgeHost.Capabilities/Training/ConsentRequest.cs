using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>
/// Asks what the device's owner allows the calling app to record, or gives a consent back. An app cannot give itself one: the owner does, with
/// <c>edgehost training consent APP PURPOSE grant</c>.
/// </summary>
[WireMessage]
public sealed partial class ConsentRequest
{
    /// <summary>A purpose whose consent is given back; absent to ask only.</summary>
    [WireField(MaxLength = 128)]
    public string? Revoke { get; init; }

    /// <summary>Whether the examples for that purpose are deleted too.</summary>
    public bool DeleteExamples { get; init; }
}
