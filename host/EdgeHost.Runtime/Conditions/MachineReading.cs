namespace EdgeHost.Runtime.Conditions;

/// <summary>What the sensors say at one moment, before any rule.</summary>
internal sealed record MachineReading
{
    /// <summary>Whether it runs from a battery.</summary>
    public bool IsOnBattery { get; init; }

    /// <summary>Charge, 0 to 100; the mean of several batteries; null without one.</summary>
    public int? BatteryPercent { get; init; }

    public IReadOnlyList<ThermalZone> Zones { get; init; } = [];

    public MemoryReading Memory { get; init; } = new();
}
