using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>A step that ran.</summary>
/// <param name="Outputs">Its outputs in the order the step named them; the receiver disposes them.</param>
/// <param name="QueueTime">From queueing to the start of the run.</param>
/// <param name="RunTime">On the device.</param>
/// <param name="Batch">Steps that ran together; 1 without batching.</param>
public readonly record struct StepCompletion(IReadOnlyList<ModelValue> Outputs, TimeSpan QueueTime, TimeSpan RunTime, int Batch);
