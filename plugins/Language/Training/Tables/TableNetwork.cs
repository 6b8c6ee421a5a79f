using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>
/// An encoder of texts. Each token is its word's vector and the sum of its pieces' vectors; a convolution over three tokens follows, attention
/// pools the text in several ways, and a hidden layer makes features of it. Beside it a linear part sums a number for each tone over all words
/// and pieces. The output is the vector of features of all languages, in which the parts of the others are zero. The head is part of the loss,
/// so an export has the encoder alone.
/// </summary>
internal static class TableNetwork
{
    /// <summary>Parameter of the words' vectors, followed by the linear part's numbers.</summary>
    public const string Words = "words/weight";

    /// <summary>Parameter of the pieces' vectors, followed by the linear part's numbers.</summary>
    public const string Pieces = "pieces/weight";

    /// <summary>Parameter of the head's weights.</summary>
    public const string HeadWeight = "head/weight";

    /// <summary>Parameter of the head's biases.</summary>
    public const string HeadBias = "head/bias";

    private const float Hidden = 1e4f;

    /// <summary>Builds the network.</summary>
    /// <param name="settings">Its shape.</param>
    /// <param name="words">Rows of the table of words.</param>
    /// <param name="pieces">Rows of the table of pieces.</param>
    public static Network Create(TableSettings settings, int words, int pieces)
        => new(net => Features(net, settings, words, pieces), (net, features) => Loss(net, settings, features));

    private static GraphValue Features(NetworkBuilder net, TableSettings settings, int words, int pieces)
    {
        var length = settings.Length;
        var wordIds = net.Input("words", ElementType.Int64, length);
        var pieceIds = net.Input("pieces", ElementType.Int64, length, Encoders.Pieces.Count);
        var mask = net.Input("mask", ElementType.Float32, length);
        var present = net.Reshape(mask, new TensorShape(net.Batch, length, 1));

        var word = net.Split(net.Embedding("words", wordIds, words, settings.WordWidth + TableSettings.Sums, 0.1f), 2, settings.WordWidth, TableSettings.Sums);
        var piece = net.Split(net.Sum(net.Embedding("pieces", pieceIds, pieces, settings.Width + TableSettings.Sums, 0.05f), 2), 2, settings.Width, TableSettings.Sums);
        var tokens = net.Add(net.Linear("project", word[0], settings.Width, hasBias: false), piece[0]);
        tokens = net.Dropout("vectors", net.Multiply(tokens, present), settings.VectorDropout);
        tokens = net.Add(tokens, net.Dropout("seen", net.Gelu(Convolve(net, tokens, settings.Width)), 0.2f));
        tokens = net.Multiply(tokens, present);

        var root = net.Reshape(net.Sqrt(net.Add(net.Sum(mask, 1), net.Constant(1))), new TensorShape(net.Batch, 1));
        var pooled = net.Concat(1, Attend(net, tokens, present, settings), net.Divide(net.Sum(tokens, 1), root));
        var hidden = net.Gelu(net.Linear("hidden", net.Dropout("pooled", pooled, 0.3f), settings.Hidden));
        var sums = net.Divide(net.Sum(net.Multiply(net.Add(word[1], piece[1]), present), 1), root);
        var one = net.Add(net.Scale(net.Reshape(net.Sum(mask, 1), new TensorShape(net.Batch, 1)), 0), net.Constant(1));
        return Place(net, net.Concat(1, hidden, sums, one), settings.Part);
    }

    // Each head has weights of its own over the tokens.
    private static GraphValue Attend(NetworkBuilder net, GraphValue tokens, GraphValue present, TableSettings settings)
    {
        var absent = net.Scale(net.Subtract(present, net.Constant(1)), Hidden);
        var scores = net.Transpose(net.Add(net.Linear("attention", tokens, settings.Heads), absent), 0, 2, 1);
        return net.Reshape(net.MatMul(net.Softmax(scores), tokens), new TensorShape(net.Batch, settings.Heads * settings.Width));
    }

    // Over a token and its neighbours; zeros beyond the ends.
    private static GraphValue Convolve(NetworkBuilder net, GraphValue tokens, int width)
    {
        var length = tokens.Shape[1];
        var first = net.Split(tokens, 1, 1, length - 1);
        var last = net.Split(tokens, 1, length - 1, 1);
        var before = net.Concat(1, net.Scale(first[0], 0), last[0]);
        var after = net.Concat(1, first[1], net.Scale(last[1], 0));
        return net.Linear("convolution", net.Concat(2, before, tokens, after), width);
    }

    private static GraphValue Place(NetworkBuilder net, GraphValue own, int part)
    {
        var other = net.Scale(own, 0);
        return net.Concat(1, [.. Enumerable.Range(0, TableSettings.Languages).Select(language => language == part ? own : other)]);
    }

    private static GraphValue Loss(NetworkBuilder net, TableSettings settings, GraphValue features)
    {
        var target = net.Input("target", ElementType.Float32, TableSettings.Sums);
        var logits = net.Linear("head", net.Dropout("features", features, settings.FeatureDropout), TableSettings.Sums);
        return net.Negate(net.Mean(net.Sum(net.Multiply(target, net.LogSoftmax(logits)), 1)));
    }
}
