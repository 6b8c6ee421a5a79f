using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using EdgeHost.Plugins.Text.Bytes;
using Microsoft.ML.Tokenizers;

namespace EdgeHost.Plugins.Language.Generation.Tokenizers;

/// <summary>Reads the <c>tokenizer.json</c> of a model whose tokens are of bytes (GPT-2, Llama 3, Qwen, SmolLM, Phi 4 and their kin).</summary>
internal static class TokenizerFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "tokenizer.json";

    private const int MostTokens = 1 << 21;

    /// <summary>Reads it.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="model">The model, for errors.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is no such file, and what is wrong.</exception>
    public static TextTokenizer Read(ReadOnlyMemory<byte> json, string model)
    {
        try
        {
            using var file = JsonDocument.Parse(json);
            return Read(file.RootElement, model);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Bad(model, e.Message);
        }
    }

    private static TextTokenizer Read(JsonElement root, string model)
    {
        var network = root.GetProperty("model");
        if (network.TryGetProperty("type", out var type) && type.GetString() != "BPE") throw Bad(model, $"its kind is '{type.GetString()}', and only byte-level BPE is read");
        if (!network.TryGetProperty("vocab", out var vocabulary) || vocabulary.ValueKind != JsonValueKind.Object) throw Bad(model, "it has no vocabulary ('model.vocab')");
        var tokens = vocabulary.EnumerateObject().Select(static token => KeyValuePair.Create(token.Name, token.Value.GetInt32())).ToList();
        if (tokens.Count == 0) throw Bad(model, "its vocabulary ('model.vocab') is empty");
        var (added, specials) = ReadAdded(root);
        var largest = Math.Max(tokens.Max(static token => token.Value), added.Count == 0 ? -1 : added.Values.Max());
        if (largest >= MostTokens || tokens.Min(static token => token.Value) < 0) throw Bad(model, $"its tokens are not numbered from 0 to less than {MostTokens}");
        var bytes = new byte[]?[largest + 1];
        foreach (var (text, id) in tokens) bytes[id] = ByteCharacters.BytesOf(text) ?? Encoding.UTF8.GetBytes(text);
        foreach (var (text, id) in added) bytes[id] = Encoding.UTF8.GetBytes(text);
        var pieces = BpeTokenizer.Create(new BpeOptions(tokens)
        {
            Merges = [.. network.GetProperty("merges").EnumerateArray().Select(MergeOf)],
            PreTokenizer = PieceSplitter.Read(root.GetProperty("pre_tokenizer")),
            ByteLevel = true,
        });
        var (prefix, suffix) = ReadFrame(root);
        return new TextTokenizer(pieces, bytes, added.ToFrozenDictionary(StringComparer.Ordinal), specials.ToFrozenSet(), prefix, suffix, IsNormalised(root, model));
    }

    private static (Dictionary<string, int> Added, HashSet<int> Specials) ReadAdded(JsonElement root)
    {
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        var specials = new HashSet<int>();
        if (!root.TryGetProperty("added_tokens", out var list) || list.ValueKind != JsonValueKind.Array) return (added, specials);
        foreach (var token in list.EnumerateArray())
        {
            var (text, id) = (token.GetProperty("content").GetString()!, token.GetProperty("id").GetInt32());
            if (text.Length == 0 || id < 0) continue;
            added[text] = id;
            if (token.TryGetProperty("special", out var special) && special.GetBoolean()) specials.Add(id);
        }

        return (added, specials);
    }

    // "a b" in older files, ["a", "b"] in newer ones.
    private static string MergeOf(JsonElement merge) => merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!;

    // Special tokens before the text, and those behind it.
    private static (int[] Prefix, int[] Suffix) ReadFrame(JsonElement root)
    {
        if (!root.TryGetProperty("post_processor", out var given) || FindTemplate(given) is not { } template) return ([], []);
        List<int> prefix = [], suffix = [];
        var isBehind = false;
        foreach (var part in template.GetProperty("single").EnumerateArray())
        {
            if (!part.TryGetProperty("SpecialToken", out var special))
            {
                isBehind = true;
                continue;
            }

            var ids = template.GetProperty("special_tokens").GetProperty(special.GetProperty("id").GetString()!).GetProperty("ids");
            (isBehind ? suffix : prefix).AddRange(ids.EnumerateArray().Select(static id => id.GetInt32()));
        }

        return ([.. prefix], [.. suffix]);
    }

    private static JsonElement? FindTemplate(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object || !given.TryGetProperty("type", out var type)) return null;
        if (type.GetString() == "TemplateProcessing") return given;
        if (type.GetString() != "Sequence") return null;
        return given.GetProperty("processors").EnumerateArray().Select(FindTemplate).FirstOrDefault(static found => found is not null);
    }

    private static bool IsNormalised(JsonElement root, string model)
    {
        if (!root.TryGetProperty("normalizer", out var given) || given.ValueKind != JsonValueKind.Object) return false;
        return given.GetProperty("type").GetString() is var type && type == "NFC" ? true : throw Bad(model, $"its 'normalizer' is '{type}', and only NFC is known");
    }

    private static EdgeHostException Bad(string model, string why) => new(ErrorCode.FailedPrecondition, $"The {Name} of the model {model} cannot be used: {why}.");
}
