using System.Numerics.Tensors;
using EdgeHost.ModelTools;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>
/// Two encoders that were trained apart, as one, and a head that takes the mean of what both say. What the sums of both say together are three
/// features; the others are the hidden ones of the encoder that has them, and the 1.
/// </summary>
/// <param name="settings">The shape of the one with vectors.</param>
/// <param name="vocabulary">What both know.</param>
/// <param name="vectors">The one with vectors.</param>
/// <param name="sums">The one that only adds up.</param>
internal sealed class JoinedEncoder(TableSettings settings, ChosenVocabulary vocabulary, TableEncoder vectors, TableEncoder sums)
{
    private const int Labels = TableSettings.Sums;
    private const int LinearFeatures = Labels + 1;
    private const float Half = 0.5f;
    private const string Said = "said";

    /// <summary>The encoders' tables, with the numbers of a vector in each.</summary>
    public IEnumerable<(TableEncoder Encoder, string Name, int Width)> Tables
        => new[] { vectors, sums }.SelectMany(encoder => encoder.Tables.Select(table => (encoder, table.Name, table.Width)));

    /// <summary>Features of texts, with those of the other languages as 0.</summary>
    public float[] Encode(TableTexts texts)
    {
        var (first, second, weights) = (vectors.Encode(texts.WindowsWith(vocabulary.Vectors)), sums.Encode(texts.Windows), SaidWeights());
        var features = new float[first.Length];
        for (var window = 0; window < texts.Windows.Count; window++)
        {
            var place = (window * TableSettings.Languages) + settings.Part;
            var own = features.AsSpan(place * settings.Features, settings.Features);
            first.AsSpan(place * settings.Features, settings.Features).CopyTo(own);
            var said = own.Slice(settings.Hidden, Labels);
            float[] both = [.. said, .. second.AsSpan(place * LinearFeatures, Labels)];
            said.Clear();
            for (var i = 0; i < both.Length; i++) TensorPrimitives.MultiplyAdd(weights.AsSpan(i * Labels, Labels), both[i], said, said);
        }

        return texts.ForTexts(features);
    }

    /// <summary>The head's weights, a row a feature, and then its biases.</summary>
    public float[] Head()
    {
        var head = new float[((settings.Features * TableSettings.Languages) + 1) * Labels];
        var own = head.AsSpan(settings.Part * settings.Features * Labels, settings.Features * Labels);
        TensorPrimitives.Multiply(WeightsOf(vectors, settings.Features)[..(settings.Hidden * Labels)], Half, own);
        for (var label = 0; label < Labels; label++)
        {
            own[((settings.Hidden + label) * Labels) + label] = 1;
            own[^(Labels - label)] = Half * (BiasOf(vectors, settings.Features, label) + BiasOf(sums, LinearFeatures, label));
        }

        return head;
    }

    /// <summary>Three shares a text.</summary>
    public float[] Judge(TableTexts texts)
    {
        var head = Head();
        return TableEncoder.Judge(Encode(texts), head.AsSpan(..^Labels), head.AsSpan(^Labels..));
    }

    /// <summary>The encoders as one model, with float tables. The pieces of both are rows of the table of all of them.</summary>
    public ModelProto Export()
    {
        var network = new Network(
            net =>
            {
                var input = TableNetwork.Inputs.Of(net, settings);
                var own = net.Split(TableNetwork.Features(net, input, settings, vocabulary.WordRows, vocabulary.VectorRows), 1, settings.Hidden, Labels);
                var both = net.Concat(1, own[1], LinearNetwork.Sums(net, input, vocabulary.WordRows, vocabulary.PieceRows));
                return TableNetwork.Place(net, net.Concat(1, own[0], net.Linear(Said, both, Labels, hasBias: false), TableNetwork.One(net, input)), settings.Part);
            },
            (net, features) => net.Mean(features));
        using var step = new TrainingStep(network, new Sgd(), new StepOptions { BatchSize = 1 });
        foreach (var parameter in step.Parameters)
        {
            var values = parameter.Name == $"{Said}/weight" ? SaidWeights()
                : (vectors.Names.Contains(parameter.Name, StringComparer.Ordinal) ? vectors : sums).Values(parameter.Name);
            values.CopyTo(step.Values(parameter));
        }

        return step.Export("edgehost");
    }

    // What the heads make of the sums: six numbers become three.
    private float[] SaidWeights()
    {
        float[] weights = [.. WeightsOf(vectors, settings.Features).Slice(settings.Hidden * Labels, Labels * Labels), .. WeightsOf(sums, LinearFeatures)[..(Labels * Labels)]];
        TensorPrimitives.Multiply(weights, Half, weights);
        return weights;
    }

    private ReadOnlySpan<float> WeightsOf(TableEncoder encoder, int features)
        => encoder.Values(TableNetwork.HeadWeight).Slice(settings.Part * features * Labels, features * Labels);

    private float BiasOf(TableEncoder encoder, int features, int label)
        => WeightsOf(encoder, features)[^(Labels - label)] + encoder.Values(TableNetwork.HeadBias)[label];
}
