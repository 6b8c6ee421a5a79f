using System.Globalization;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Weights;

namespace EdgeHost.Plugins.Translation.Training.Export;

/// <summary>The part of a model that reads, with the inputs and outputs that Optimum gives it.</summary>
internal static class EncoderFile
{
    private const string Output = "last_hidden_state";

    /// <summary>Builds the file.</summary>
    public static byte[] Build(ModelWeights weights, MarianShape shape, bool isSmall)
    {
        var graph = new MarianGraph(weights, shape, isSmall);
        var ids = graph.Input("input_ids", ElementType.Int64, "batch_size", "encoder_sequence_length");
        var mask = graph.PadMask(graph.Input("attention_mask", ElementType.Int64, "batch_size", "encoder_sequence_length"));
        var x = graph.Embed(ids);
        for (var i = 0; i < shape.EncoderLayers; i++)
        {
            var name = $"enc.{i}";
            var seen = graph.Attend(x, $"{name}.sa", graph.Heads(graph.Linear(x, $"{name}.sa.k")), graph.Heads(graph.Linear(x, $"{name}.sa.v")), mask);
            x = graph.Join(x, seen, $"{name}.n1");
            x = graph.Join(x, graph.FeedForward(x, name), $"{name}.n2", i == shape.EncoderLayers - 1 ? Output : null);
        }

        graph.Output(Output, "batch_size", "encoder_sequence_length", shape.Width.ToString(CultureInfo.InvariantCulture));
        return graph.Build("encoder_model");
    }
}
