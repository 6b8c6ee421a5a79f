using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Something to judge: one of the three.</summary>
[WireMessage]
public sealed partial class PredictInput
{
    /// <summary>Features; finite values.</summary>
    public IReadOnlyList<float>? Features { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>The bytes of a picture's or sound's file, or features as little-endian 32-bit floats.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }
}
