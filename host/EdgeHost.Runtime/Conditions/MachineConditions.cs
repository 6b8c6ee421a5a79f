namespace EdgeHost.Runtime.Conditions;

/// <summary>The machine's state as far as the host minds it. Immutable.</summary>
/// <param name="IsOnBattery">Whether it runs from a battery that is not being charged.</param>
/// <param name="BatteryPercent">Charge of the battery, 0 to 100, or null without one.</param>
/// <param name="Thermal">How hot it is.</param>
/// <param name="Memory">How short of memory it is.</param>
/// <param name="MinimumPriority">Steps of a lower class rest; <see cref="CallPriority.Training"/> where everything may run.</param>
/// <param name="Reason">Why something rests or memory is short, with figures, for a person; empty where neither is so.</param>
public sealed record MachineConditions(
    bool IsOnBattery, int? BatteryPercent, ThermalLevel Thermal, MemoryPressureLevel Memory, CallPriority MinimumPriority, string Reason)
{
    /// <summary>A machine on mains, cool, with enough memory.</summary>
    public static MachineConditions Good { get; } = new(false, null, ThermalLevel.Nominal, MemoryPressureLevel.None, CallPriority.Training, string.Empty);
}
