namespace EdgeHost.PluginSdk;

/// <summary>One run of a model. Immutable; may be reused.</summary>
public sealed class ModelStep
{
    /// <summary>The inputs.</summary>
    public required IReadOnlyList<NamedValue> Inputs { get; init; }

    /// <summary>Names of the outputs to compute, in the order of the result; empty means all.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Whether a background step may be stopped midway and run again; false for steps with effects outside their outputs.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>
    /// Whether the step may run on the thread that asks for it when its device is idle, which saves two hand-overs between threads (measured: 0.3 to
    /// 0.5 ms of a 14 ms call). <see cref="IModelLease.RunAsync"/> then blocks for the length of the run. Set it where the step is awaited at once; leave it
    /// false to start several steps together. Default: false.
    /// </summary>
    public bool MayRunOnCallingThread { get; init; }
}
