using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>
/// What networks over tables of words and pieces share. Their output is the vector of features of all languages, in which the parts of the others
/// are zero. The head is part of the loss, so an export has the encoder alone.
/// </summary>
internal static class TableNetwork
{
    /// <summary>Parameter of the head's weights.</summary>
    public const string HeadWeight = "head/weight";

    /// <summary>Parameter of the head's biases.</summary>
    public const string HeadBias = "head/bias";

    private const float Hidden = 1e4f;

    /// <summary>A 1 for each text.</summary>
    public static GraphValue One(NetworkBuilder net, Inputs input)
        => net.Add(net.Scale(net.Reshape(net.Sum(input.Mask, 1), new TensorShape(net.Batch, 1)), 0), net.Constant(1));

    /// <summary>Puts a language's features at their place among all languages'.</summary>
    public static GraphValue Place(NetworkBuilder net, GraphValue own, int part)
    {
        var other = net.Scale(own, 0);
        return net.Concat(1, [.. Enumerable.Range(0, TableSettings.Languages).Select(language => language == part ? own : other)]);
    }

    /// <summary>Adds the head and how far it is from the labels.</summary>
    public static GraphValue Loss(NetworkBuilder net, TableSettings settings, GraphValue features)
    {
        var target = net.Input("target", ElementType.Float32, TableSettings.Sums);
        var logits = net.Linear("head", net.Dropout("features", features, settings.FeatureDropout), TableSettings.Sums);
        return net.Negate(net.Mean(net.Sum(net.Multiply(target, net.LogSoftmax(logits)), 1)));
    }

    /// <summary>Pools tokens [batch, length, width] in several ways: each head has weights of its own over them [batch, heads · width].</summary>
    public static GraphValue Attend(NetworkBuilder net, string name, GraphValue tokens, GraphValue present, int heads)
    {
        var absent = net.Scale(net.Subtract(present, net.Constant(1)), Hidden);
        var scores = net.Transpose(net.Add(net.Linear(name, tokens, heads), absent), 0, 2, 1);
        return net.Reshape(net.MatMul(net.Softmax(scores), tokens), new TensorShape(net.Batch, heads * tokens.Shape[2]));
    }

    /// <summary>A convolution over a token and its neighbours; zeros beyond the ends.</summary>
    public static GraphValue Convolve(NetworkBuilder net, string name, GraphValue tokens, int width)
    {
        var length = tokens.Shape[1];
        var first = net.Split(tokens, 1, 1, length - 1);
        var last = net.Split(tokens, 1, length - 1, 1);
        var before = net.Concat(1, net.Scale(first[0], 0), last[0]);
        var after = net.Concat(1, first[1], net.Scale(last[1], 0));
        return net.Linear(name, net.Concat(2, before, tokens, after), width);
    }

    /// <summary>What encoders take. Immutable.</summary>
    /// <param name="Words">Rows of words [batch, length].</param>
    /// <param name="Pieces">Rows of pieces [batch, length, pieces].</param>
    /// <param name="Mask">1 for a token [batch, length].</param>
    /// <param name="Present">The same as [batch, length, 1].</param>
    /// <param name="Root">The root of how many there are and one more [batch, 1].</param>
    internal sealed record Inputs(GraphValue Words, GraphValue Pieces, GraphValue Mask, GraphValue Present, GraphValue Root)
    {
        /// <summary>Adds the inputs to a network.</summary>
        public static Inputs Of(NetworkBuilder net, int length)
        {
            var words = net.Input("words", ElementType.Int64, length);
            var pieces = net.Input("pieces", ElementType.Int64, length, Encoders.Pieces.Count);
            var mask = net.Input("mask", ElementType.Float32, length);
            var root = net.Reshape(net.Sqrt(net.Add(net.Sum(mask, 1), net.Constant(1))), new TensorShape(net.Batch, 1));
            return new Inputs(words, pieces, mask, net.Reshape(mask, new TensorShape(net.Batch, length, 1)), root);
        }
    }
}
