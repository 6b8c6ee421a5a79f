using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>Asks what the host decided lately, and why. All of it may be left out.</summary>
[WireMessage]
public sealed partial class ExplainRequest
{
    /// <summary>Only decisions about this model (id or id@version), device or app.</summary>
    [WireField(MaxLength = 256)]
    public string? Subject { get; init; }

    /// <summary>Only this kind.</summary>
    public DecisionKind? Kind { get; init; }

    /// <summary>How many at most, 1 to 1000; 50 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 1000)]
    public int? Count { get; init; }
}
