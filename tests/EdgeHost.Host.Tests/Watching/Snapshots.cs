using EdgeHost.Capabilities.Host;

namespace EdgeHost.Host.Tests.Watching;

/// <summary>Answers of a host that never was.</summary>
internal static class Snapshots
{
    public static IReadOnlyList<DecisionEntry> Decisions { get; } =
    [
        new() { Number = 2, TimeMs = 1_700_000_000_000, Kind = DecisionKind.Evicted, Subject = "face@1", Text = "made room for ocr@4" },
        new() { Number = 1, TimeMs = 1_700_000_000_000, Kind = DecisionKind.Loaded, Subject = "face@1", App = "photos", Text = "loaded on cpu in 80 ms" },
    ];

    public static StatsResponse Idle() => new()
    {
        Version = "1.0",
        ProcessId = 7,
        UptimeMs = 5000,
        Memory = new MemoryUse(),
        Pool = new PoolStats { BudgetBytes = 600_000_000, ConfiguredBudgetBytes = 600_000_000 },
        Conditions = new ConditionStats { Thermal = ThermalStatus.Nominal, Memory = MemoryPressureStatus.None, MinimumPriority = CallPriority.Training },
    };

    public static StatsResponse Busy(long uptimeMs = 60_000, long completed = 1_000, long busyUs = 1_000_000, int models = 2, string app = "photos") => new()
    {
        Version = "1.0",
        ProcessId = 7,
        UptimeMs = uptimeMs,
        ActiveCalls = 3,
        Memory = new MemoryUse { ResidentBytes = 400_000_000 },
        Pool = new PoolStats
        {
            BudgetBytes = 600_000_000,
            ConfiguredBudgetBytes = 1_200_000_000,
            UsedBytes = 300_000_000,
            PinnedBytes = 20_000_000,
            Hits = 975,
            Loads = 25,
            HitRate = 0.975,
        },
        Devices =
        [
            new DeviceStats
            {
                Id = "cpu",
                Kind = DeviceKind.Cpu,
                Health = DeviceHealthStatus.Healthy,
                QueuedInteractive = 1,
                QueuedNormal = 2,
                QueuedBackground = 3,
                QueuedTraining = 4,
                Running = 2,
                Concurrency = 2,
                Completed = completed,
                BusyUs = busyUs,
                MeanRunUs = 31_000,
                OldestWaitMs = 1200,
            },
            new DeviceStats { Id = "npu0", Kind = DeviceKind.Npu, Health = DeviceHealthStatus.Failed, HealthReason = "it failed three times", ProbeInMs = 30_000 },
        ],
        Models =
        [
            .. Enumerable.Range(0, models).Select(index => new ModelStats
            {
                Model = $"model-{index}@1",
                Device = "cpu",
                State = ModelLifeState.Resident,
                Bytes = 20_000_000,
                PinnedBy = index == 0 ? ["operator"] : [],
                Origin = "prepared",
                IdleMs = 500,
            }),
        ],
        Apps = [new AppStats { App = app, Weight = 2, RecentShare = 0.75, Steps = 100, DeviceTimeUs = 5_000_000 }],
        Conditions = new ConditionStats
        {
            OnBattery = true,
            BatteryPercent = 17,
            Thermal = ThermalStatus.Nominal,
            Memory = MemoryPressureStatus.None,
            MinimumPriority = CallPriority.Normal,
            Reason = "the battery is low",
        },
    };
}
