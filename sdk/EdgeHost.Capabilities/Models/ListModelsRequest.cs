using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Asks which models the host knows.</summary>
[WireMessage]
public sealed partial class ListModelsRequest
{
    /// <summary>Only models for this task, for example text_recognition; all if absent.</summary>
    [WireField(MaxLength = 128)]
    public string? Task { get; init; }
}
