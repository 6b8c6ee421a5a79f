namespace EdgeHost.PluginSdk;

/// <summary>A resident model. Immutable.</summary>
public sealed class ModelDescription
{
    /// <summary>The model's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>The variant that is loaded, for example <c>fp32</c> or <c>int8</c>.</summary>
    public required string Variant { get; init; }

    /// <summary>The device it runs on, for example <c>cpu</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The kind of that device.</summary>
    public required DeviceKind DeviceKind { get; init; }

    /// <summary>The graph's inputs, in its order.</summary>
    public required IReadOnlyList<TensorDescription> Inputs { get; init; }

    /// <summary>The graph's outputs, in its order.</summary>
    public required IReadOnlyList<TensorDescription> Outputs { get; init; }
}
