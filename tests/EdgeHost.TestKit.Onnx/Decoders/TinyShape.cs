namespace EdgeHost.TestKit.Onnx.Decoders;

/// <summary>The sizes of the decoder that these tests make. Immutable.</summary>
public sealed record TinyShape
{
    public int Vocabulary { get; init; } = 272;

    public int Hidden { get; init; } = 64;

    public int Layers { get; init; } = 2;

    public int Heads { get; init; } = 4;

    public int CacheHeads { get; init; } = 2;

    public int Inner { get; init; } = 64;

    public int Context { get; init; } = 512;

    public int Width => Hidden / Heads;
}
