using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>The machine's state as far as the host minds it.</summary>
[WireMessage]
public sealed partial class ConditionStats
{
    /// <summary>Whether it runs from a battery that is not being charged.</summary>
    public bool OnBattery { get; init; }

    /// <summary>Charge of the battery, 0 to 100; absent without one.</summary>
    [WireField(Minimum = 0, Maximum = 100)]
    public int? BatteryPercent { get; init; }

    /// <summary>How hot it is.</summary>
    public required ThermalStatus Thermal { get; init; }

    /// <summary>How short of memory it is.</summary>
    public required MemoryPressureStatus Memory { get; init; }

    /// <summary>Steps of a lower class rest; training where everything may run.</summary>
    public required CallPriority MinimumPriority { get; init; }

    /// <summary>Why something rests; absent where nothing does.</summary>
    public string? Reason { get; init; }
}
