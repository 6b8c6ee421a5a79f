using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A value that a sensor has sent over Bluetooth Low Energy.</summary>
[WireMessage]
public sealed partial class SensorNotification
{
    /// <summary>The characteristic: a number of four hexadecimal digits such as <c>2A37</c>, or the whole UUID.</summary>
    [WireField(MaxLength = 64)]
    public required string Characteristic { get; init; }

    /// <summary>The value as it came.</summary>
    public required SensorValue Value { get; init; }

    /// <summary>When it came, in milliseconds since 1970 (UTC). It is the reading's time where the value has none.</summary>
    public required long Time { get; init; }
}
