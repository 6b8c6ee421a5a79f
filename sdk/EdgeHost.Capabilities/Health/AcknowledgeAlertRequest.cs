using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Says that a person has seen an alert: it is not said again, unless it ends and is raised anew.</summary>
[WireMessage]
public sealed partial class AcknowledgeAlertRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>The number of any of its entries.</summary>
    [WireField(Minimum = 1)]
    public required long Id { get; init; }
}
