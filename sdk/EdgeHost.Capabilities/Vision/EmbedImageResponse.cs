using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>The vector of a picture.</summary>
[WireMessage]
public sealed partial class EmbedImageResponse
{
    /// <summary>The vector: float32, little-endian, <see cref="Dimensions"/> of them, of length 1, so that the dot product of two is the cosine of their angle. Only vectors of the same <see cref="Model"/> can be compared.</summary>
    public required ReadOnlyMemory<byte> Embedding { get; init; }

    /// <summary>How many numbers the vector has.</summary>
    [WireField(Minimum = 1)]
    public required int Dimensions { get; init; }

    /// <summary>The model that made it, as id@version.</summary>
    public required string Model { get; init; }
}
