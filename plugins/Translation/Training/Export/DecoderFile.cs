using System.Globalization;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Weights;
using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Translation.Training.Export;

/// <summary>
/// The part of a model that writes, with the inputs and outputs that Optimum gives its merged decoder: the first step takes the encoder's output,
/// each other one the keys and values of the steps before it.
/// </summary>
internal static class DecoderFile
{
    private const string Ids = "input_ids";
    private const string Memory = "encoder_hidden_states";

    /// <summary>Builds the file.</summary>
    public static byte[] Build(ModelWeights weights, MarianShape shape, bool isSmall)
    {
        var graph = new MarianGraph(weights, shape, isSmall);
        graph.Input("encoder_attention_mask", ElementType.Int64, "batch_size", "encoder_sequence_length");
        graph.Input(Ids, ElementType.Int64, "batch_size", "decoder_sequence_length");
        graph.Input(Memory, ElementType.Float32, "batch_size", "encoder_sequence_length", Text(shape.Width));
        string[] caches = [.. Enumerable.Range(0, shape.DecoderLayers).SelectMany(i => new[] { $"{i}.decoder.key", $"{i}.decoder.value", $"{i}.encoder.key", $"{i}.encoder.value" })];
        foreach (var cache in caches) graph.Input($"past_key_values.{cache}", ElementType.Float32, "batch_size", Text(shape.Heads), IsOfEncoder(cache) ? "encoder_sequence_length" : "past_decoder_sequence_length", Text(shape.HeadWidth));
        graph.Input("use_cache_branch", ElementType.Bool, "1");

        var later = graph.Branch("with_past", () => Branch(graph, shape, "with_past_", caches, isLater: true));
        var first = graph.Branch("no_past", () => Branch(graph, shape, "no_past_", caches, isLater: false));
        graph.If(graph.Node("Squeeze", ["use_cache_branch"]), later, first, ["logits", .. caches.Select(cache => $"present.{cache}")]);
        graph.Output("logits", "batch_size", "decoder_sequence_length", Text(shape.Vocabulary));
        foreach (var cache in caches) graph.Output($"present.{cache}", "batch_size", Text(shape.Heads), IsOfEncoder(cache) ? "encoder_sequence_length_out" : "past_decoder_sequence_length + decoder_sequence_length", Text(shape.HeadWidth));
        return graph.Build("decoder_model_merged");
    }

    private static void Branch(MarianGraph graph, MarianShape shape, string prefix, string[] caches, bool isLater)
    {
        var mask = graph.PadMask("encoder_attention_mask");
        var start = isLater ? graph.Node("Gather", [graph.Node("Shape", ["past_key_values.0.decoder.key"]), graph.Integer(2)]) : null;
        var causal = isLater ? null : graph.CausalMask(Ids);
        var x = graph.Embed(Ids, start);
        for (var i = 0; i < shape.DecoderLayers; i++)
        {
            var (name, past, present) = ($"dec.{i}", $"past_key_values.{i}", $"{prefix}present.{i}");
            var (ownKeys, ownValues) = (Own("key", "k"), Own("value", "v"));
            var (keys, values) = (OfMemory("key", "k"), OfMemory("value", "v"));
            x = graph.Join(x, graph.Attend(x, $"{name}.sa", ownKeys, ownValues, causal), $"{name}.n1");
            x = graph.Join(x, graph.Attend(x, $"{name}.ca", keys, values, mask), $"{name}.n2");
            x = graph.Join(x, graph.FeedForward(x, name), $"{name}.n3");

            string Own(string kind, string part)
            {
                var output = $"{present}.decoder.{kind}";
                var made = graph.Linear(x, $"{name}.sa.{part}");
                return isLater ? graph.Node("Concat", [$"{past}.decoder.{kind}", graph.Heads(made)], output, AttributeProto.Of("axis", 2)) : graph.Heads(made, output);
            }

            string OfMemory(string kind, string part)
            {
                var output = $"{present}.encoder.{kind}";
                if (!isLater) return graph.Heads(graph.Linear(Memory, $"{name}.ca.{part}"), output);

                // Not made again: the caller keeps those of the first step.
                graph.Filled(graph.Integers(0, shape.Heads, 1, shape.HeadWidth), 0, output);
                return $"{past}.encoder.{kind}";
            }
        }

        graph.Output(graph.Scores(x, $"{prefix}logits"), "batch_size", "decoder_sequence_length", Text(shape.Vocabulary));
        foreach (var cache in caches) graph.Output($"{prefix}present.{cache}", "batch_size", Text(shape.Heads), IsOfEncoder(cache) ? $"{prefix}source" : $"{prefix}target", Text(shape.HeadWidth));
    }

    private static bool IsOfEncoder(string cache) => cache.Contains(".encoder.", StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
