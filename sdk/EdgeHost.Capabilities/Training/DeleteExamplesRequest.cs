using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Deletes examples of the calling app. Exactly one of its fields says which.</summary>
[WireMessage]
public sealed partial class DeleteExamplesRequest
{
    /// <summary>Those of a dataset.</summary>
    [WireField(MaxLength = 128)]
    public string? Dataset { get; init; }

    /// <summary>Those for a purpose.</summary>
    [WireField(MaxLength = 128)]
    public string? Purpose { get; init; }

    /// <summary>Everything that is kept of the app, the calls that feedback can be given on included.</summary>
    public bool Everything { get; init; }
}
