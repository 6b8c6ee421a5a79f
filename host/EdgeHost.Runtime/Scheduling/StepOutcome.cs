using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>What came of one step in a run: outputs, or why there are none.</summary>
/// <param name="Outputs">The outputs, or null.</param>
/// <param name="Failure">Why there are none; an <see cref="OperationCanceledException"/> where the run was told to end.</param>
internal readonly record struct StepOutcome(IReadOnlyList<ModelValue>? Outputs, Exception? Failure)
{
    public bool WasTerminated => Failure is OperationCanceledException;

    public void DisposeOutputs()
    {
        if (Outputs is null) return;
        foreach (var output in Outputs)
        {
            output.Dispose();
        }
    }
}
