namespace EdgeHost.Benchmarks.Simulation;

/// <summary>One request of a trace. Immutable.</summary>
/// <param name="At">When it comes, from the trace's start.</param>
/// <param name="Device">Which machine of the fleet; each has one device of its own.</param>
/// <param name="App">Who asks.</param>
/// <param name="Model">What it runs.</param>
/// <param name="Priority">Its class.</param>
/// <param name="Deadline">When its answer is worthless, counted from its arrival; null for never.</param>
/// <param name="Run">How long it really takes on the device alone; the policies see only what they learned.</param>
/// <param name="FixedShare">The part of a run that does not grow with the steps in it, 0 to 1; null where steps are never joined.</param>
internal readonly record struct TraceStep(
    TimeSpan At, int Device, string App, string Model, CallPriority Priority, TimeSpan? Deadline, TimeSpan Run, double? FixedShare);
