using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Something to judge: one of the four.</summary>
[WireMessage]
public sealed partial class PredictInput
{
    /// <summary>Features; finite values.</summary>
    public IReadOnlyList<float>? Features { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>The bytes of a picture's or sound's file, or features as little-endian 32-bit floats.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>The values of each of the model's inputs by its name, for models that learned from examples in their specification: finite numbers, and whole ones for ids.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>>? Values { get; init; }
}
