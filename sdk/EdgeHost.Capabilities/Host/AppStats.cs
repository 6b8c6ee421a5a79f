using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>An app's use of the devices.</summary>
[WireMessage]
public sealed partial class AppStats
{
    /// <summary>Its name.</summary>
    public required string App { get; init; }

    /// <summary>Its weight against other apps; 1 unless the configuration says otherwise.</summary>
    [WireField(Minimum = 0)]
    public double Weight { get; init; }

    /// <summary>Its share of all device time lately, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double RecentShare { get; init; }

    /// <summary>Microseconds of device time since the host started.</summary>
    [WireField(Minimum = 0)]
    public long DeviceTimeUs { get; init; }

    /// <summary>Steps that ran.</summary>
    [WireField(Minimum = 0)]
    public long Steps { get; init; }

    /// <summary>Steps that wait now.</summary>
    [WireField(Minimum = 0)]
    public int Waiting { get; init; }

    /// <summary>Steps that were refused.</summary>
    [WireField(Minimum = 0)]
    public long Refused { get; init; }
}
