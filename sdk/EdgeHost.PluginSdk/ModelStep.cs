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
}
