using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime;

/// <summary>Hands changed options to the parts that take them. A part that was replaced by another implementation keeps what it has.</summary>
internal sealed class RuntimeSettings(IModelPool pool, IDevicePlacement placement, IStepScheduler scheduler, IMachineConditions conditions) : IRuntimeSettings
{
    private readonly Lock _gate = new();

    public void Apply(EdgeHostRuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate)
        {
            (conditions as MachineConditionsMonitor)?.Apply(options.Conditions);
            (placement as DevicePlacement)?.Apply(options.Devices);
            (scheduler as StepScheduler)?.Apply(options.Scheduling);
            (pool as ModelPool)?.Apply(options.Pool);
        }
    }
}
