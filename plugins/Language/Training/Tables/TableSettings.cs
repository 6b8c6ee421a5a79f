using EdgeHost.Plugins.Language.Encoders;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>The shape of an encoder and how it is trained. Immutable.</summary>
internal sealed record TableSettings
{
    /// <summary>Languages share the vector of features: each has a part of it.</summary>
    public const int Languages = 2;

    /// <summary>Features of the encoder: hidden ones, three sums over all pieces, and a 1 that carries the language's bias; each of the two kinds has one of the first.</summary>
    public int Features => (Kind == EncoderKind.Sums ? 0 : Hidden) + (Kind == EncoderKind.Characters ? 0 : Sums) + 1;

    /// <summary>What the linear part sums up: a number for each tone.</summary>
    public const int Sums = 3;

    /// <summary>Which part of the features is this language's: 0 or 1.</summary>
    public required int Part { get; init; }

    /// <summary>Which encoder this is. Default <see cref="EncoderKind.Joined"/>.</summary>
    public EncoderKind Kind { get; init; }

    /// <summary>Tokens of a window. Default 96.</summary>
    public int Length { get; init; } = TableInput.MostTokens;

    /// <summary>Ways to look at a text. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Hidden features. Default 64.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Texts in which a word must occur. Default 2.</summary>
    public int LeastWordTexts { get; init; } = 2;

    /// <summary>Texts in which a piece must occur. Default 3.</summary>
    public int LeastPieceTexts { get; init; } = 3;

    /// <summary>The most pieces that have a vector, the most frequent ones. Default 40,000.</summary>
    public int MostPieces { get; init; } = 40_000;

    /// <summary>Texts in which a piece must occur to have a say in the sums of the linear encoder. Default 2.</summary>
    public int LeastSummedTexts { get; init; } = 2;

    /// <summary>The most such pieces, those with a vector among them. Default 200,000.</summary>
    public int MostSummed { get; init; } = 200_000;

    /// <summary>Share of tokens left out in training.</summary>
    public float TokenDropout { get; init; } = 0.2f;

    /// <summary>Share of pieces left out in training.</summary>
    public float PieceDropout { get; init; } = 0.3f;

    /// <summary>Share of the features left out in training.</summary>
    public float FeatureDropout { get; init; }

    /// <summary>What all labels share of a text's weight: a label may be wrong.</summary>
    public float Smoothing { get; init; } = 0.05f;

    /// <summary>How much of what a word or piece says by itself (its naive Bayes weight) the linear part begins with. Default 0.2.</summary>
    public float PriorShare { get; init; } = 0.2f;

    /// <summary>Rounds through the texts.</summary>
    public float Rounds { get; init; } = 3;

    /// <summary>Texts of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The highest learning rate.</summary>
    public float Rate { get; init; } = 3e-3f;

    /// <summary>Weight decay.</summary>
    public float Decay { get; init; } = 0.01f;

    /// <summary>How the encoder that only adds up is trained.</summary>
    public TableSettings ForSums() => this with { Kind = EncoderKind.Sums };

    /// <summary>How the transformer over characters is trained, which knows the texts already. It takes shorter windows, which cost less.</summary>
    public TableSettings ForCharacters()
        => this with { Kind = EncoderKind.Characters, Length = 64, Batch = 32, TokenDropout = 0.1f, FeatureDropout = 0.3f, PriorShare = 0, Rounds = 3, Rate = 4e-4f };
}
