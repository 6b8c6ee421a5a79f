using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Benchmarks.Simulation;

/// <summary>A request of the trace as the policies see it.</summary>
internal sealed class SimulatedTicket : StepTicket
{
    public required TraceStep Step { get; init; }
}

/// <summary>A run with its end in virtual time.</summary>
internal sealed class SimulatedRun : StepRun
{
    /// <summary>When it ends as things stand; a termination brings it forward.</summary>
    public DateTimeOffset Ends { get; set; }
}
