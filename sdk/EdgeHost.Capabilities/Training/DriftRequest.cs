using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Asks how answers and inputs of models have changed since each version was new.</summary>
[WireMessage]
public sealed partial class DriftRequest
{
    /// <summary>One model alone, as id or id@version; all if absent.</summary>
    [WireField(MaxLength = 256)]
    public string? Model { get; init; }
}
