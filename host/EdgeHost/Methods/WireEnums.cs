using EdgeHost.Capabilities.Host;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Health;
using PoolModelState = EdgeHost.Runtime.Models.ModelState;
using RuntimeDecisionKind = EdgeHost.Runtime.Decisions.DecisionKind;

namespace EdgeHost.Host.Methods;

/// <summary>The runtime's words in those of the wire. The two are separate so that the runtime may change without the protocol; a test compares them.</summary>
internal static class WireEnums
{
    public static DeviceHealthStatus Of(DeviceHealthState state) => state switch
    {
        DeviceHealthState.Healthy => DeviceHealthStatus.Healthy,
        DeviceHealthState.Suspect => DeviceHealthStatus.Suspect,
        DeviceHealthState.Failed => DeviceHealthStatus.Failed,
        _ => DeviceHealthStatus.Probing,
    };

    public static ModelLifeState Of(PoolModelState state) => state switch
    {
        PoolModelState.Loading => ModelLifeState.Loading,
        PoolModelState.Resident => ModelLifeState.Resident,
        PoolModelState.Unloading => ModelLifeState.Unloading,
        _ => ModelLifeState.Unavailable,
    };

    public static HealthStatus Of(HostHealthState state) => state switch
    {
        HostHealthState.Ready => HealthStatus.Ready,
        HostHealthState.Degraded => HealthStatus.Degraded,
        _ => HealthStatus.Stuck,
    };

    public static ThermalStatus Of(ThermalLevel level) => level switch
    {
        ThermalLevel.Nominal => ThermalStatus.Nominal,
        ThermalLevel.Hot => ThermalStatus.Hot,
        _ => ThermalStatus.Critical,
    };

    public static MemoryPressureStatus Of(MemoryPressureLevel level) => level switch
    {
        MemoryPressureLevel.None => MemoryPressureStatus.None,
        MemoryPressureLevel.Some => MemoryPressureStatus.Some,
        _ => MemoryPressureStatus.Severe,
    };

    public static DecisionKind Of(RuntimeDecisionKind kind) => (DecisionKind)kind;

    public static RuntimeDecisionKind Of(DecisionKind kind) => (RuntimeDecisionKind)kind;
}
