using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The end of a live signal.</summary>
[WireMessage]
public sealed partial class AnalyzeSignalStreamResponse
{
    /// <summary>Samples or frames that were pushed.</summary>
    [WireField(Minimum = 0)]
    public required long Samples { get; init; }

    /// <summary>Beats or pulses that were found.</summary>
    [WireField(Minimum = 0)]
    public required long Beats { get; init; }

    /// <summary>Alerts that were raised.</summary>
    [WireField(Minimum = 0)]
    public long Alerts { get; init; }
}
