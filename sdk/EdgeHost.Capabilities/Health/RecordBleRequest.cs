using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Keeps the readings of a Bluetooth sensor. They are encrypted, and on the disk when the call has answered.</summary>
[WireMessage]
public sealed partial class RecordBleRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>The sensor's name or address; it is the readings' source.</summary>
    [WireField(MaxLength = 128)]
    public required string Device { get; init; }

    /// <summary>What it has sent, at most 100,000 unless the host is set otherwise; all of it is kept, or none.</summary>
    public required IReadOnlyList<SensorNotification> Notifications { get; init; }

    /// <summary>The time zone of the sensor's clock, in minutes east of UTC; needed where values have times.</summary>
    [WireField(Minimum = -1080, Maximum = 1080)]
    public int? UtcOffsetMinutes { get; init; }

    /// <summary>Which of the sensor's users the person is: readings of others are passed over. Absent: readings of all users are the person's.</summary>
    [WireField(Minimum = 0, Maximum = 254)]
    public int? UserId { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
