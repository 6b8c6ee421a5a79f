using EdgeHost.ModelTools.Graphs;
using EdgeHost.Plugins.Language.Training.Tables;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Plugins.Language.Training.Characters;

/// <summary>
/// A transformer over characters and phrases: a token is its word's vector and what the sum of its pieces' vectors is made to, and each layer is
/// a convolution over three tokens, attention and two products, with normalisation before each (Xiong et al., 2020). The convolutions tell the
/// order of tokens, so there are no vectors of places and texts may have any length.
/// </summary>
internal static class CharacterNetwork
{
    /// <summary>Parameter of the words' vectors.</summary>
    public const string Words = "characters/words/weight";

    /// <summary>Parameter of the pieces' vectors.</summary>
    public const string Pieces = "characters/pieces/weight";

    /// <summary>Which tokens are guessed, as rows of all tokens of a batch [batch, guessed].</summary>
    public const string Slots = "slots";

    /// <summary>What they are [batch, guessed].</summary>
    public const string Guessed = "guessed";

    /// <summary>1 for each that counts [batch, guessed].</summary>
    public const string Counts = "counts";

    /// <summary>What all names of the encoder begin with.</summary>
    public const string Prefix = "characters/";

    /// <summary>The network that guesses hidden tokens.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="words">Rows of the table of words.</param>
    /// <param name="pieces">Rows of the table of pieces.</param>
    public static Network CreateGuesser(CharacterSettings settings, int words, int pieces)
        => new(
            net =>
            {
                var input = TableNetwork.Inputs.Of(net, settings.Length);
                var tokens = Tokens(net, input, settings with { Dropout = 0 }, words, pieces);
                var rows = net.Rows(net.Reshape(tokens, new TensorShape(Math.Max(-1, net.Batch * settings.Length), settings.Width)), net.Input(Slots, ElementType.Int64, settings.Guessed));
                var made = net.LayerNorm("guess/norm", net.Gelu(net.Linear("guess/hidden", rows, settings.Width)));
                return net.TiedLinear(Prefix + "words", made, words);
            },
            (net, logits) => net.CrossEntropy(logits, net.Input(Guessed, ElementType.Int64, settings.Guessed), weight: net.Input(Counts, ElementType.Float32, settings.Guessed)));

    /// <summary>The encoder that judges tones. Its features are hidden ones and a 1 that carries the bias.</summary>
    /// <param name="settings">Its features, the length of its windows, and how it is trained.</param>
    /// <param name="words">Rows of the table of words.</param>
    /// <param name="pieces">Rows of the table of pieces.</param>
    public static Network CreateEncoder(TableSettings settings, int words, int pieces)
        => new(
            net =>
            {
                var input = TableNetwork.Inputs.Of(net, settings.Length);
                return TableNetwork.Place(net, net.Concat(1, Features(net, input, settings, words, pieces), TableNetwork.One(net, input)), settings.Part);
            },
            (net, features) => TableNetwork.Loss(net, settings, features));

    /// <summary>The hidden features.</summary>
    public static GraphValue Features(NetworkBuilder net, TableNetwork.Inputs input, TableSettings settings, int words, int pieces)
    {
        var tokens = net.Multiply(Tokens(net, input, new CharacterSettings { Length = settings.Length }, words, pieces), input.Present);
        var pooled = net.Concat(1, TableNetwork.Attend(net, Prefix + "pool", tokens, input.Present, settings.Heads), net.Divide(net.Sum(tokens, 1), input.Root));
        return net.Gelu(net.Linear(Prefix + "hidden", net.Dropout(Prefix + "pooled", pooled, 0.3f), settings.Hidden));
    }

    /// <summary>The tokens as the last layer has them [batch, length, width].</summary>
    public static GraphValue Tokens(NetworkBuilder net, TableNetwork.Inputs input, CharacterSettings settings, int words, int pieces)
    {
        var piece = net.Sum(net.Embedding(Prefix + "pieces", input.Pieces, pieces, settings.PieceWidth), 2);
        var x = net.Add(net.Embedding(Prefix + "words", input.Words, words, settings.Width, 0.05f), net.Linear(Prefix + "project", piece, settings.Width, hasBias: false));
        x = net.Dropout(Prefix + "vectors", net.Multiply(x, input.Present), settings.Dropout);
        for (var layer = 0; layer < settings.Layers; layer++)
        {
            var name = $"{Prefix}{layer}/";
            var near = net.Multiply(net.LayerNorm(name + "norm0", x), input.Present);
            x = net.Add(x, net.Dropout(name + "drop0", net.Gelu(TableNetwork.Convolve(net, name + "convolution", near, settings.Width)), settings.Dropout));
            var seen = net.LayerNorm(name + "norm1", x);
            x = net.Add(x, net.Dropout(name + "drop1", net.Attention(name + "attention", seen, seen, settings.Heads, input.Mask), settings.Dropout));
            var inner = net.Gelu(net.Linear(name + "inner", net.LayerNorm(name + "norm2", x), settings.Inner));
            x = net.Add(x, net.Dropout(name + "drop2", net.Linear(name + "outer", inner, settings.Width), settings.Dropout));
        }

        return net.LayerNorm(Prefix + "norm", x);
    }
}
