namespace EdgeHost.Plugins.Translation.Training.Networks;

/// <summary>The sizes of a network. Immutable.</summary>
internal sealed record MarianShape
{
    /// <summary>The id that ends a sentence.</summary>
    public const int End = 0;

    /// <summary>The id that stands for what no piece stands for.</summary>
    public const int Unknown = 1;

    /// <summary>Pieces of the vocabulary.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Numbers of a vector; a multiple of <see cref="Heads"/>, and even.</summary>
    public int Width { get; init; } = 192;

    /// <summary>Heads of an attention.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Numbers between the two products of a layer.</summary>
    public int Inner { get; init; } = 768;

    /// <summary>Layers that read.</summary>
    public int EncoderLayers { get; init; } = 3;

    /// <summary>Layers that write.</summary>
    public int DecoderLayers { get; init; } = 1;

    /// <summary>Numbers of a head.</summary>
    public int HeadWidth => Width / Heads;

    /// <summary>The last id, which begins a translation.</summary>
    public int Pad => Vocabulary - 1;
}
