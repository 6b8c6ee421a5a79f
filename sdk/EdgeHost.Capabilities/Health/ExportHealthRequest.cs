using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Gives everything that is kept of a person.</summary>
[WireMessage]
public sealed partial class ExportHealthRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";
}
