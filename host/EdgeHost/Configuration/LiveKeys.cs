using EdgeHost.Host.Hosting;
using EdgeHost.Ipc;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Security;

namespace EdgeHost.Host.Configuration;

/// <summary>
/// The keys that a running host takes over when its configuration changes; all others wait for a restart. A key belongs here only if what reads it asks
/// again, or is told by <see cref="ConfigurationWatch"/>.
/// </summary>
internal static class LiveKeys
{
    private const string Pool = $"{EdgeHostRuntimeOptions.SectionName}:{nameof(EdgeHostRuntimeOptions.Pool)}";
    private const string Scheduling = $"{EdgeHostRuntimeOptions.SectionName}:{nameof(EdgeHostRuntimeOptions.Scheduling)}";
    private const string Devices = $"{EdgeHostRuntimeOptions.SectionName}:{nameof(EdgeHostRuntimeOptions.Devices)}";
    private const string Conditions = $"{EdgeHostRuntimeOptions.SectionName}:{nameof(EdgeHostRuntimeOptions.Conditions)}";

    /// <summary>The keys; what stands below one is live too.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        $"{Pool}:{nameof(ModelPoolOptions.BudgetBytes)}",
        $"{Pool}:{nameof(ModelPoolOptions.MaxValueBytes)}",
        $"{Pool}:{nameof(ModelPoolOptions.MaxFileBytes)}",
        $"{Pool}:{nameof(ModelPoolOptions.IdleTimeout)}",
        $"{Pool}:{nameof(ModelPoolOptions.SessionOverheadBytes)}",
        $"{Pool}:{nameof(ModelPoolOptions.WorkingMemoryIdleTime)}",
        $"{Pool}:{nameof(ModelPoolOptions.MaxPinnedShare)}",
        $"{Pool}:{nameof(ModelPoolOptions.MinPressureShare)}",
        $"{Pool}:{nameof(ModelPoolOptions.GrowBackInterval)}",
        $"{Pool}:{nameof(ModelPoolOptions.FailedLoadPause)}",
        $"{Pool}:{nameof(ModelPoolOptions.MaxFailedLoadPause)}",
        $"{Pool}:{nameof(ModelPoolOptions.LoadTimeout)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.AppWeights)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.QueueLimit)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.AdmissionMargin)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.PreemptionBound)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.MaxInterruptions)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.UninterruptibleBound)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.InteractiveHold)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.MaxBatchWindow)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.HangFactor)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.HangFloor)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.StepTimeLimit)}",
        $"{Scheduling}:{nameof(StepSchedulerOptions.TerminationGrace)}",
        $"{Devices}:{nameof(DeviceOptions.Models)}",
        $"{Devices}:{nameof(DeviceOptions.Apps)}",
        $"{Devices}:{nameof(DeviceOptions.Mode)}",
        $"{Devices}:{nameof(DeviceOptions.ModeOnBattery)}",
        $"{Devices}:{nameof(DeviceOptions.PlacementGain)}",
        $"{Devices}:{nameof(DeviceOptions.PlacementGainMinimum)}",
        $"{Devices}:{nameof(DeviceOptions.LoadUses)}",
        $"{Conditions}:{nameof(ConditionOptions.Interval)}",
        $"{Conditions}:{nameof(ConditionOptions.IdleInterval)}",
        $"{Conditions}:{nameof(ConditionOptions.TrainingRestsOnBattery)}",
        $"{Conditions}:{nameof(ConditionOptions.BatteryLowPercent)}",
        $"{Conditions}:{nameof(ConditionOptions.BatteryResumePercent)}",
        $"{Conditions}:{nameof(ConditionOptions.ThermalMargin)}",
        $"{Conditions}:{nameof(ConditionOptions.ThermalHysteresis)}",
        $"{Conditions}:{nameof(ConditionOptions.MemorySomePercent)}",
        $"{Conditions}:{nameof(ConditionOptions.MemoryFullPercent)}",
        $"{Conditions}:{nameof(ConditionOptions.GroupSomePercent)}",
        $"{Conditions}:{nameof(ConditionOptions.GroupSeverePercent)}",
        $"{Conditions}:{nameof(ConditionOptions.GroupEventTime)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.MaxFrameBytes)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.MaxDepth)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.MaxCallsPerConnection)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.MaxConnections)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.StreamCredit)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.PushQueueBytes)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.MaxConnectionRegionBytes)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.MaxRegionsPerConnection)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.HelloTimeout)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.IdleTimeout)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.ParkAfter)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.SendQueueBytes)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.SendTimeout)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.DefaultDeadline)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.MaxDeadline)}",
        $"{IpcOptions.SectionName}:{nameof(IpcOptions.DrainTimeout)}",
        $"{AppsOptions.SectionName}:{nameof(AppsOptions.AllowUnknown)}",
        $"{AppsOptions.SectionName}:{nameof(AppsOptions.ExplicitGrants)}",
        $"{AppsOptions.SectionName}:{nameof(AppsOptions.MaxKnownApps)}",
        $"{AppsOptions.SectionName}:{nameof(AppsOptions.Rules)}",
        $"{HostOperationOptions.SectionName}:{nameof(HostOperationOptions.HealthTimeout)}",
        $"{HostOperationOptions.SectionName}:{nameof(HostOperationOptions.Verbosity)}",
    };

    /// <summary>Whether a change of the key holds at once.</summary>
    public static bool Contains(string key)
    {
        // The set has no prefixes of each other, so the first that fits is the one.
        for (var end = key.Length; end > 0; end = key.LastIndexOf(':', end - 1))
        {
            if (All.Contains(key[..end])) return true;
        }

        return false;
    }
}
