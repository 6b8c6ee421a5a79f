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

    /// <summary>What it is for, as its manifest says, for example <c>speech-recognition</c>; empty where the host does not say. Since contract 1.3.</summary>
    public string Task { get; init; } = string.Empty;

    /// <summary>What its manifest said of it when it was loaded, for example <c>language</c>; empty where the host does not say. Since contract 1.3.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The device it runs on, for example <c>cpu</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The kind of that device.</summary>
    public required DeviceKind DeviceKind { get; init; }

    /// <summary>The graph's inputs, in its order.</summary>
    public required IReadOnlyList<TensorDescription> Inputs { get; init; }

    /// <summary>The graph's outputs, in its order.</summary>
    public required IReadOnlyList<TensorDescription> Outputs { get; init; }
}
