using System.Numerics.Tensors;
using EdgeHost.ModelTools;
using EdgeHost.Plugins.Language.Training.Characters;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>
/// Two encoders that were trained apart, as one, and a head that takes the mean of what they say. The hidden features are those of the
/// transformer; what the sums say are three more, and the 1 is the last.
/// </summary>
/// <param name="settings">The shape of their features.</param>
/// <param name="vocabulary">What both know.</param>
/// <param name="sums">The one that only adds up.</param>
/// <param name="characters">The transformer over characters, for windows of the same length as the other.</param>
internal sealed class JoinedEncoder(TableSettings settings, ChosenVocabulary vocabulary, TableEncoder sums, TableEncoder characters)
{
    private const int Labels = TableSettings.Sums;
    private const float Half = 0.5f;
    private const string Said = "said";

    private readonly int _hidden = settings.Hidden;

    /// <summary>The encoders' tables.</summary>
    public IEnumerable<(TableEncoder Encoder, TableShape Table)> Tables => Members.SelectMany(encoder => encoder.Tables.Select(table => (encoder, table)));

    /// <summary>The weights of the encoders' linear layers.</summary>
    public IEnumerable<(TableEncoder Encoder, string Name)> Products
        => Members.SelectMany(encoder => encoder.Names
            .Where(name => name.EndsWith("/weight", StringComparison.Ordinal) && name != TableNetwork.HeadWeight && encoder.Tables.All(table => table.Name != name))
            .Select(name => (encoder, name)));

    private TableEncoder[] Members => [sums, characters];

    /// <summary>Features of texts, with those of the other languages as 0.</summary>
    public float[] Encode(TableTexts texts)
    {
        var (seen, said, weights) = (characters.Encode(texts.WindowsWith(vocabulary.Vectors)), sums.Encode(texts.Windows), SaidWeights());
        var features = new float[texts.Windows.Count * TableSettings.Languages * settings.Features];
        for (var window = 0; window < texts.Windows.Count; window++)
        {
            var place = (window * TableSettings.Languages) + settings.Part;
            var own = features.AsSpan(place * settings.Features, settings.Features);
            seen.AsSpan(place * characters.Features, _hidden).CopyTo(own);
            for (var i = 0; i < Labels; i++) TensorPrimitives.MultiplyAdd(weights.AsSpan(i * Labels, Labels), said[(place * sums.Features) + i], own.Slice(_hidden, Labels), own.Slice(_hidden, Labels));
            own[^1] = 1;
        }

        return texts.ForTexts(features);
    }

    /// <summary>The head's weights, a row a feature, and then its biases.</summary>
    public float[] Head()
    {
        var head = new float[((settings.Features * TableSettings.Languages) + 1) * Labels];
        var own = head.AsSpan(settings.Part * settings.Features * Labels, settings.Features * Labels);
        TensorPrimitives.Multiply(characters.HeadWeights[..(_hidden * Labels)], Half, own);
        for (var label = 0; label < Labels; label++)
        {
            own[((_hidden + label) * Labels) + label] = 1;
            own[^(Labels - label)] = Half * (sums.BiasOf(label) + characters.BiasOf(label));
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
                var input = TableNetwork.Inputs.Of(net, settings.Length);
                var said = net.Linear(Said, LinearNetwork.Sums(net, input, vocabulary.WordRows, vocabulary.PieceRows), Labels, hasBias: false);
                var seen = CharacterNetwork.Features(net, input, settings, vocabulary.WordRows, vocabulary.VectorRows);
                return TableNetwork.Place(net, net.Concat(1, seen, said, TableNetwork.One(net, input)), settings.Part);
            },
            (net, features) => net.Mean(features));
        using var step = new TrainingStep(network, new Sgd(), new StepOptions { BatchSize = 1 });
        foreach (var parameter in step.Parameters)
        {
            var values = parameter.Name == $"{Said}/weight" ? SaidWeights()
                : Members.First(member => member.Names.Contains(parameter.Name, StringComparer.Ordinal)).Values(parameter.Name);
            values.CopyTo(step.Values(parameter));
        }

        return step.Export("edgehost");
    }

    // What its head makes of the sums.
    private float[] SaidWeights()
    {
        var weights = new float[Labels * Labels];
        TensorPrimitives.Multiply(sums.HeadWeights[..weights.Length], Half, weights);
        return weights;
    }
}
