using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Transformers;

/// <summary>The pretrained transformer with a head: BERT's layers (Devlin et al., 2019) over vectors that do not change, and the mean of the tokens.</summary>
internal static class TransformerNetwork
{
    /// <summary>The parameter of the vectors of places, in an encoder.</summary>
    public const string Places = "places";

    private const int Heads = 12;
    private const int Inner = 4 * PretrainedEncoder.Width;
    private const int Labels = 3;
    private const float Dropout = 0.1f;

    private static readonly string[] Products = ["att/query", "att/key", "att/value", "att/output", "mid", "out"];
    private static readonly string[] Originals = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense"];

    /// <summary>Builds the network.</summary>
    /// <param name="length">Pieces of a text.</param>
    public static Network Create(int length)
        => new(net => Logits(net, length), (net, logits) => net.Negate(net.Mean(net.Sum(net.Multiply(net.Input("label", ElementType.Float32, Labels), net.LogSoftmax(logits)), 1))));

    /// <summary>The same from ids to the mean of the tokens, for use: the vectors are tables of the model.</summary>
    /// <param name="length">Pieces of a text.</param>
    /// <param name="rows">Rows of the table of pieces.</param>
    public static Network CreateEncoder(int length, int rows)
        => new(
            net =>
            {
                var words = net.Embedding("words", net.Input("ids", ElementType.Int64, length), rows, PretrainedEncoder.Width);
                return Encode(net, net.Add(words, net.Parameter(Places, new TensorShape(length, PretrainedEncoder.Width), Initialisation.Zeros)), length);
            },
            (net, mean) => net.Mean(mean));

    /// <summary>Gives it the pretrained values.</summary>
    public static void Initialise(TrainingStep step, PretrainedEncoder encoder)
    {
        Set(step, "ln/gain", encoder.Tensor("embeddings.LayerNorm.weight"));
        Set(step, "ln/bias", encoder.Tensor("embeddings.LayerNorm.bias"));
        for (var layer = 0; layer < PretrainedEncoder.Layers; layer++)
        {
            var original = $"encoder.layer.{layer}.";
            for (var product = 0; product < Products.Length; product++)
            {
                Set(step, $"l{layer}/{Products[product]}/weight", encoder.Weights(layer, product));
                Set(step, $"l{layer}/{Products[product]}/bias", encoder.Tensor($"{original}{Originals[product]}.bias"));
            }

            Set(step, $"l{layer}/ln1/gain", encoder.Tensor(original + "attention.output.LayerNorm.weight"));
            Set(step, $"l{layer}/ln1/bias", encoder.Tensor(original + "attention.output.LayerNorm.bias"));
            Set(step, $"l{layer}/ln2/gain", encoder.Tensor(original + "output.LayerNorm.weight"));
            Set(step, $"l{layer}/ln2/bias", encoder.Tensor(original + "output.LayerNorm.bias"));
        }
    }

    private static GraphValue Logits(NetworkBuilder net, int length)
    {
        var mean = Encode(net, net.Input("x", ElementType.Float32, length, PretrainedEncoder.Width), length);
        return net.Linear("head", net.Dropout("dh", mean, Dropout), Labels);
    }

    private static GraphValue Encode(NetworkBuilder net, GraphValue x, int length)
    {
        var mask = net.Input("mask", ElementType.Float32, length);
        x = net.Dropout("d0", net.LayerNorm("ln", x), Dropout);
        for (var layer = 0; layer < PretrainedEncoder.Layers; layer++)
        {
            var seen = net.Attention($"l{layer}/att", x, x, Heads, mask);
            x = net.LayerNorm($"l{layer}/ln1", net.Add(x, net.Dropout($"l{layer}/d1", seen, Dropout)));
            var made = net.Linear($"l{layer}/out", net.Gelu(net.Linear($"l{layer}/mid", x, Inner)), PretrainedEncoder.Width);
            x = net.LayerNorm($"l{layer}/ln2", net.Add(x, net.Dropout($"l{layer}/d2", made, Dropout)));
        }

        var present = net.Reshape(mask, new TensorShape(net.Batch, length, 1));
        return net.Divide(net.Sum(net.Multiply(x, present), 1), net.Reshape(net.Sum(mask, 1), new TensorShape(net.Batch, 1)));
    }

    private static void Set(TrainingStep step, string name, float[] values)
        => values.CopyTo(step.Values(step.Parameters.First(parameter => parameter.Name == name)));
}
