using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeHost.TestKit.Onnx.Decoders;

/// <summary>Writes a tiny decoder's folder as hubs have it.</summary>
public static class TinyFolder
{
    /// <summary>Tokens of its tokenizer: the bytes, three joined ones, three that are no text.</summary>
    public const int Tokens = 262;

    /// <summary>Ends a text.</summary>
    public const int End = 259;

    private const string Template = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] | trim + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    /// <summary>Writes it.</summary>
    public static void Write(string folder, TinyWeights weights, bool isGrouped = false, int? end = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.WriteAllBytes(Path.Combine(folder, "onnx", "model.onnx"), TinyGraph.Build(weights, isGrouped));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Tokenizer());
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), new JsonObject { ["eos_token"] = "<|endoftext|>", ["chat_template"] = Template }.ToJsonString());
        var shape = weights.Shape;
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray("TinyForCausalLM"),
            ["vocab_size"] = shape.Vocabulary,
            ["hidden_size"] = shape.Hidden,
            ["num_attention_heads"] = shape.Heads,
            ["num_key_value_heads"] = shape.CacheHeads,
            ["max_position_embeddings"] = shape.Context,
            ["eos_token_id"] = end ?? End,
        };
        File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString());
    }

    /// <summary>The text of tokens, without those that are none.</summary>
    public static string TextOf(IEnumerable<int> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens.Where(static token => token < End)) bytes.AddRange(token < 256 ? [(byte)token] : token == 256 ? "th"u8 : token == 257 ? "the"u8 : " the"u8);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>The tokens of a text that has no text of a token that is none: the longest that fits each time, which for its three merges is what they give.</summary>
    public static List<int> Encode(string text)
    {
        var tokens = new List<int>();
        for (var rest = Encoding.UTF8.GetBytes(text).AsSpan(); !rest.IsEmpty;)
        {
            var (token, length) = rest.StartsWith(" the"u8) ? (258, 4) : rest.StartsWith("the"u8) ? (257, 3) : rest.StartsWith("th"u8) ? (256, 2) : (rest[0], 1);
            tokens.Add(token);
            rest = rest[length..];
        }

        return tokens;
    }

    /// <summary>A byte-level tokenizer.json.</summary>
    public static string Tokenizer()
    {
        var vocabulary = new JsonObject();
        for (var value = 0; value < 256; value++) vocabulary[Character((byte)value).ToString()] = value;
        (vocabulary["th"], vocabulary["the"], vocabulary["Ġthe"]) = (256, 257, 258);
        var added = new JsonArray();
        foreach (var (text, id) in new[] { ("<|endoftext|>", 259), ("<|im_start|>", 260), ("<|im_end|>", 261) })
        {
            added.Add(new JsonObject { ["id"] = id, ["content"] = text, ["special"] = true });
        }

        return new JsonObject
        {
            ["added_tokens"] = added,
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = true },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray("t h", "th e", "Ġ the") },
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    private static char Character(byte value)
    {
        var others = Enumerable.Range(0, 256).Where(static other => other is not (>= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE)).ToList();
        var at = others.IndexOf(value);
        return at < 0 ? (char)value : (char)(0x100 + at);
    }
}
