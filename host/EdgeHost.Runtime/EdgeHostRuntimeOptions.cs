using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime;

/// <summary>Settings of pool and scheduler; validated when the host starts.</summary>
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
}
