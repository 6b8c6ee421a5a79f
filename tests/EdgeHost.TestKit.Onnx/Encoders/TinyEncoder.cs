using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.TestKit.Onnx.Encoders;

/// <summary>A tiny encoder of texts as hubs have it, whose vector of a token is a row of a table, so that what is to come out can be told by hand.</summary>
public static class TinyEncoder
{
    /// <summary>Numbers of a vector.</summary>
    public const int Width = 4;

    private static readonly string[] Pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sleep", "##s", ".", "dog"];

    /// <summary>Writes its folder.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var graph = new GraphBuilder();
        var ids = graph.Input("input_ids", ElementType.Int64, new TensorShape(-1, -1));
        graph.Input("attention_mask", ElementType.Int64, new TensorShape(-1, -1));
        var table = graph.Initializer<float>("table", new TensorShape(Pieces.Length, Width), [.. Enumerable.Range(0, Pieces.Length * Width).Select(Number)]);
        graph.Output(graph.Node("Gather", new TensorShape(-1, -1, Width), [table, ids]), "last_hidden_state");
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph.Build("encoder").ToBytes().ToArray());
        var vocabulary = string.Join(',', Pieces.Select(static (piece, i) => $"\"{piece}\":{i}"));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), $$$"""{"model":{"type":"WordPiece","vocab":{{{{vocabulary}}}}},"normalizer":{"type":"BertNormalizer","lowercase":true}}""");
        File.WriteAllText(Path.Combine(folder, "config.json"), """{"architectures":["BertModel"],"max_position_embeddings":6}""");
    }

    /// <summary>The mean of the vectors of tokens: 2 begins a text, 3 ends it, the words are 5 (the), 6 (cat), 7 (sleep), 8 (s), 9 (.) and 10 (dog).</summary>
    public static float[] Mean(params int[] tokens) => [.. Enumerable.Range(0, Width).Select(i => tokens.Average(token => Number((token * Width) + i)))];

    private static float Number(int index) => MathF.Sin(index + 1);
}
