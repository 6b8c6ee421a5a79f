using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>What the devices' workers share.</summary>
internal sealed record StepServices(
    StepSchedulerOptions Options,
    TimeProvider Time,
    EdgeHostMeter Meter,
    ILatencyModel Latencies,
    IDeviceHealth Health,
    IMachineConditions Conditions,
    IDecisionLog Decisions,
    AppShares Shares,
    ILogger Logger);
