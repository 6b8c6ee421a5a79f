using System.ComponentModel.DataAnnotations;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Health;
using EdgeHost.Runtime.Heap;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime;

/// <summary>Settings of pool, scheduler and devices; validated when the host starts.</summary>
public sealed class EdgeHostRuntimeOptions
{
    /// <summary>The configuration section they are bound from.</summary>
    public const string SectionName = "Runtime";

    /// <summary>Memory of models.</summary>
    [ValidateObjectMembers]
    public ModelPoolOptions Pool { get; } = new();

    /// <summary>Queues in front of the devices.</summary>
    [ValidateObjectMembers]
    public StepSchedulerOptions Scheduling { get; } = new();

    /// <summary>The devices themselves.</summary>
    [ValidateObjectMembers]
    public DeviceOptions Devices { get; } = new();

    /// <summary>Battery, heat and memory pressure.</summary>
    [ValidateObjectMembers]
    public ConditionOptions Conditions { get; } = new();

    /// <summary>Memory of the managed heap.</summary>
    [ValidateObjectMembers]
    public HeapOptions Heap { get; } = new();

    /// <summary>The health check.</summary>
    [ValidateObjectMembers]
    public HealthOptions Health { get; } = new();

    /// <summary>The folder of what the runtime learns (bytes of models, latencies), an absolute path; null (the default) keeps nothing across restarts.</summary>
    public string? StateFolder { get; set; }

    /// <summary>Decisions kept for <c>edgehost explain</c>. 16 to 1,000,000, default 4,096.</summary>
    [Range(16, 1_000_000)]
    public int DecisionLimit { get; set; } = 4096;
}
