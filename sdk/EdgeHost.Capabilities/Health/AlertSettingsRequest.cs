using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Asks for the rules of a person's alerts.</summary>
[WireMessage]
public sealed partial class AlertSettingsRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";
}
