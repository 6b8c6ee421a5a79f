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
/// Three encoders that were trained apart, as one, and a head that takes the mean of what they say. The hidden features are those of the
/// transformer; what the other two say together are three more, and the 1 is the last.
/// </summary>
/// <param name="settings">The shape of the one with vectors.</param>
/// <param name="vocabulary">What all know.</param>
/// <param name="vectors">The one with vectors.</param>
/// <param name="sums">The one that only adds up.</param>
/// <param name="characters">The transformer over characters, for windows of the same length as the others.</param>
internal sealed class JoinedEncoder(TableSettings settings, ChosenVocabulary vocabulary, TableEncoder vectors, TableEncoder sums, TableEncoder characters)
{
    private const int Labels = TableSettings.Sums;
    private const float VectorsShare = 0.3f;
    private const float SumsShare = 0.3f;
    private const float CharactersShare = 0.4f;
    private const string Said = "said";

    private readonly int _hidden = settings.Hidden;
    private readonly int _said = settings.Hidden + Labels;

    /// <summary>The encoders' tables.</summary>
    public IEnumerable<(TableEncoder Encoder, TableShape Table)> Tables => Members.SelectMany(encoder => encoder.Tables.Select(table => (encoder, table)));

    /// <summary>The weights of the encoders' linear layers.</summary>
    public IEnumerable<(TableEncoder Encoder, string Name)> Products
        => Members.SelectMany(encoder => encoder.Names
            .Where(name => name.EndsWith("/weight", StringComparison.Ordinal) && name != TableNetwork.HeadWeight && encoder.Tables.All(table => table.Name != name))
            .Select(name => (encoder, name)));

    private TableEncoder[] Members => [vectors, sums, characters];

    /// <summary>Features of texts, with those of the other languages as 0.</summary>
    public float[] Encode(TableTexts texts)
    {
        var windows = texts.WindowsWith(vocabulary.Vectors);
        float[][] members = [vectors.Encode(windows), sums.Encode(texts.Windows), characters.Encode(windows)];
        var weights = SaidWeights();
        var features = new float[texts.Windows.Count * TableSettings.Languages * settings.Features];
        for (var window = 0; window < texts.Windows.Count; window++)
        {
            var place = (window * TableSettings.Languages) + settings.Part;
            var own = features.AsSpan(place * settings.Features, settings.Features);
            OwnOf(members, 2, place)[.._hidden].CopyTo(own);
            float[] both = [.. OwnOf(members, 0, place)[.._said], .. OwnOf(members, 1, place)[..Labels]];
            for (var i = 0; i < both.Length; i++) TensorPrimitives.MultiplyAdd(weights.AsSpan(i * Labels, Labels), both[i], own.Slice(_hidden, Labels), own.Slice(_hidden, Labels));
            own[^1] = 1;
        }

        return texts.ForTexts(features);
    }

    /// <summary>The head's weights, a row a feature, and then its biases.</summary>
    public float[] Head()
    {
        var head = new float[((settings.Features * TableSettings.Languages) + 1) * Labels];
        var own = head.AsSpan(settings.Part * settings.Features * Labels, settings.Features * Labels);
        TensorPrimitives.Multiply(characters.HeadWeights[..(_hidden * Labels)], CharactersShare, own);
        for (var label = 0; label < Labels; label++)
        {
            own[((_hidden + label) * Labels) + label] = 1;
            own[^(Labels - label)] = (VectorsShare * vectors.BiasOf(label)) + (SumsShare * sums.BiasOf(label)) + (CharactersShare * characters.BiasOf(label));
        }

        return head;
    }

    /// <summary>Three shares a text.</summary>
    public float[] Judge(TableTexts texts)
    {
        var head = Head();
        return TableEncoder.Judge(Encode(texts), head.AsSpan(..^Labels), head.AsSpan(^Labels..));
    }

    /// <summary>The encoders as one model, with float tables. The pieces of all are rows of the table of all of them.</summary>
    public ModelProto Export()
    {
        var network = new Network(
            net =>
            {
                var input = TableNetwork.Inputs.Of(net, settings.Length);
                var others = net.Concat(
                    1,
                    TableNetwork.Features(net, input, settings, vocabulary.WordRows, vocabulary.VectorRows),
                    LinearNetwork.Sums(net, input, vocabulary.WordRows, vocabulary.PieceRows));
                var seen = CharacterNetwork.Features(net, input, settings, vocabulary.WordRows, vocabulary.VectorRows);
                return TableNetwork.Place(net, net.Concat(1, seen, net.Linear(Said, others, Labels, hasBias: false), TableNetwork.One(net, input)), settings.Part);
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

    // What the heads of two make of their features: all of them become three.
    private float[] SaidWeights()
    {
        var weights = new float[(_said + Labels) * Labels];
        TensorPrimitives.Multiply(vectors.HeadWeights[..(_said * Labels)], VectorsShare, weights);
        TensorPrimitives.Multiply(sums.HeadWeights[..(Labels * Labels)], SumsShare, weights.AsSpan(_said * Labels));
        return weights;
    }

    private ReadOnlySpan<float> OwnOf(float[][] features, int member, int place)
    {
        var width = Members[member].Features;
        return features[member].AsSpan(place * width, width);
    }
}
