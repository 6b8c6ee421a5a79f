namespace EdgeHost.Plugins.Language.Training.Characters;

/// <summary>The shape of the transformer over characters and phrases, and how it learns from texts without labels. Immutable.</summary>
internal sealed record CharacterSettings
{
    /// <summary>Tokens of a window in training. It may be another in use: nothing in the network depends on it. Default 64.</summary>
    public int Length { get; init; } = 64;

    /// <summary>Numbers of a token. Default 160.</summary>
    public int Width { get; init; } = 160;

    /// <summary>Numbers of a piece's vector. Default 64.</summary>
    public int PieceWidth { get; init; } = 64;

    /// <summary>Layers. Default 3.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Heads of attention. Default 5.</summary>
    public int Heads { get; init; } = 5;

    /// <summary>Numbers between the two products of a layer. Default 320.</summary>
    public int Inner { get; init; } = 320;

    /// <summary>Tokens of a window that are hidden and guessed. Default 10.</summary>
    public int Guessed { get; init; } = 10;

    /// <summary>Windows of a step. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>The highest learning rate. Default 0.0015.</summary>
    public float Rate { get; init; } = 1.5e-3f;

    /// <summary>Share left out of what each part of a layer adds. Default 0.1 with labels, and none without: no text is seen often enough to be learned by heart.</summary>
    public float Dropout { get; init; } = 0.1f;
}
