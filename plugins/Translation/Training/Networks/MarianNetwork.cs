using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Plugins.Translation.Training.Networks;

/// <summary>
/// The network of Marian (Junczys-Dowmunt et al., 2018) over packed rows: a transformer whose layers normalise after each part, one table of
/// vectors for source, target and scores.
/// </summary>
internal static class MarianNetwork
{
    public const string Source = "source";
    public const string SourcePlaces = "source_places";
    public const string SourceMask = "source_mask";
    public const string Target = "target";
    public const string TargetPlaces = "target_places";
    public const string TargetMask = "target_mask";
    public const string CrossMask = "cross_mask";
    public const string Label = "label";
    public const string Weight = "weight";

    /// <summary>The layer of the vectors of pieces that occur in translations.</summary>
    public const string TargetVectors = "targets";

    /// <summary>The layer of the other pieces' vectors.</summary>
    public const string OtherVectors = "others";

    /// <summary>The parameter that is added to the scores.</summary>
    public const string Bias = "bias";

    /// <summary>Makes the network; its output is [rows, length, targets] of scores.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <param name="targets">How many pieces occur in translations.</param>
    /// <param name="length">Pieces of a row on either side.</param>
    /// <param name="dropout">The share left out after each part.</param>
    /// <param name="smoothing">The label smoothing.</param>
    /// <param name="consistency">
    /// How much it counts that the two halves of a batch, which <see cref="Rows.TwinRows"/> fills alike, are answered differently: α of R-Drop
    /// (Liang et al., 2021). 0 for batches of rows that all differ.
    /// </param>
    public static Network Create(MarianShape shape, int targets, int length, float dropout, float smoothing, float consistency = 0)
        => new(net => Forward(net, shape, targets, length, dropout), (net, scores) => Loss(net, scores, length, smoothing, consistency));

    // The paper adds the entropies of both answers and α/2 of both divergences; here the entropies are a mean, hence a half of all.
    private static GraphValue Loss(NetworkBuilder net, GraphValue scores, int length, float smoothing, float consistency)
    {
        var weight = net.Input(Weight, ElementType.Float32, length);
        var loss = net.CrossEntropy(scores, net.Input(Label, ElementType.Int64, length), smoothing, weight);
        return consistency == 0 ? loss : net.Add(loss, net.Scale(net.Disagreement(scores, weight), consistency / 4));
    }

    private static GraphValue Forward(NetworkBuilder net, MarianShape shape, int targets, int length, float dropout)
    {
        var deviation = 1 / MathF.Sqrt(shape.Width);
        var table = net.Concat(0, Vectors(TargetVectors, targets), Vectors(OtherVectors, shape.Vocabulary - targets));
        var sourceMask = net.Input(SourceMask, ElementType.Float32, length, length);
        var targetMask = net.Input(TargetMask, ElementType.Float32, length, length);
        var crossMask = net.Input(CrossMask, ElementType.Float32, length, length);

        var x = Embed("enc.embed", Source, SourcePlaces);
        for (var i = 0; i < shape.EncoderLayers; i++)
        {
            using var layer = net.Layer($"enc.{i}");
            x = Join("n1", x, Attend("sa", x, x, sourceMask));
            x = Join("n2", x, FeedForward(x));
        }

        var y = Embed("dec.embed", Target, TargetPlaces);
        for (var i = 0; i < shape.DecoderLayers; i++)
        {
            using var layer = net.Layer($"dec.{i}");
            y = Join("n1", y, Attend("sa", y, y, targetMask));
            y = Join("n2", y, Attend("ca", y, x, crossMask));
            y = Join("n3", y, FeedForward(y));
        }

        return net.Add(net.TiedLinear(TargetVectors, y, targets), net.Parameter(Bias, new TensorShape(targets), Initialisation.Zeros, decays: false));

        GraphValue Vectors(string name, int count)
        {
            using var layer = net.Layer(name);
            return net.Parameter("weight", new TensorShape(count, shape.Width), Initialisation.Normal(deviation));
        }

        GraphValue Embed(string name, string ids, string places)
        {
            var vectors = net.Scale(net.Rows(table, net.Input(ids, ElementType.Int64, length)), MathF.Sqrt(shape.Width));
            return net.Dropout(name, net.Add(vectors, net.Input(places, ElementType.Float32, length, shape.Width)), dropout);
        }

        GraphValue Join(string name, GraphValue before, GraphValue part) => net.LayerNorm(name, net.Add(before, net.Dropout($"{name}.drop", part, dropout)));

        GraphValue FeedForward(GraphValue value) => net.Linear("f2", net.Silu(net.Linear("f1", value, shape.Inner)), shape.Width);

        GraphValue Attend(string name, GraphValue query, GraphValue memory, GraphValue mask)
        {
            using var layer = net.Layer(name);
            var queries = Heads(net.Scale(net.Linear("q", query, shape.Width), 1 / MathF.Sqrt(shape.HeadWidth)), 0, 2, 1, 3);
            var keys = Heads(net.Linear("k", memory, shape.Width), 0, 2, 3, 1);
            var values = Heads(net.Linear("v", memory, shape.Width), 0, 2, 1, 3);
            var shares = net.Softmax(net.Add(net.MatMul(queries, keys), net.Reshape(mask, new TensorShape(net.Batch, 1, length, length))));
            var seen = net.Transpose(net.MatMul(shares, values), 0, 2, 1, 3);
            return net.Linear("o", net.Reshape(seen, query.Shape), shape.Width);
        }

        GraphValue Heads(GraphValue value, params long[] order) => net.Transpose(net.Reshape(value, new TensorShape(net.Batch, length, shape.Heads, shape.HeadWidth)), order);
    }
}
