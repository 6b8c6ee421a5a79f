using System.Text;
using System.Text.Json;
using EdgeHost.Plugins.Language.Generation.Tokenizers;
using Microsoft.ML.Tokenizers;

namespace EdgeHost.Plugins.Language.Embedding;

/// <summary>Makes tokens for encoders: word pieces, as BERT has them, or the byte-level tokens of newer ones. Immutable; thread-safe.</summary>
internal sealed class EmbeddingTokenizer
{
    private readonly Func<string, IReadOnlyList<int>> _encode;

    private EmbeddingTokenizer(Func<string, IReadOnlyList<int>> encode, int count, int begin, int end)
        => (_encode, Count, Begin, End) = (encode, count, begin, end);

    /// <summary>How many ids there are: the largest and one.</summary>
    public int Count { get; }

    private int Begin { get; }

    private int End { get; }

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="model">The model, for errors.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is of another kind, or damaged.</exception>
    public static EmbeddingTokenizer Read(ReadOnlyMemory<byte> json, string model)
    {
        try
        {
            using var file = JsonDocument.Parse(json);
            var network = file.RootElement.GetProperty("model");
            return network.TryGetProperty("type", out var type) && type.GetString() == "WordPiece" ? ReadPieces(file.RootElement, network, model) : ReadBytes(json, model);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw Bad(model, e.Message);
        }
    }

    /// <summary>Makes tokens, with those that begin and end a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">The most tokens.</param>
    /// <param name="isCut">Whether the text had more.</param>
    public int[] Encode(string text, int most, out bool isCut)
    {
        var inner = _encode(text);
        var room = most - (Begin >= 0 ? 1 : 0) - (End >= 0 ? 1 : 0);
        isCut = inner.Count > room;
        var tokens = new List<int>(Math.Min(inner.Count, room) + 2);
        if (Begin >= 0) tokens.Add(Begin);
        tokens.AddRange(inner.Take(room));
        if (End >= 0) tokens.Add(End);
        return [.. tokens];
    }

    private static EmbeddingTokenizer ReadPieces(JsonElement root, JsonElement network, string model)
    {
        var tokens = network.GetProperty("vocab").EnumerateObject().Select(static token => (Text: token.Name, Id: token.Value.GetInt32())).OrderBy(static token => token.Id).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Id != i) throw Bad(model, $"its tokens are not numbered from 0 on: {i} is missing");
        }

        if (tokens.Count == 0) throw Bad(model, "its vocabulary ('model.vocab') is empty");
        var normalizer = root.TryGetProperty("normalizer", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var lowers = Flag(normalizer, "lowercase") ?? true;
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', tokens.Select(static token => token.Text))));
        var pieces = BertTokenizer.Create(vocabulary, new BertOptions
        {
            LowerCaseBeforeTokenization = lowers,
            RemoveNonSpacingMarks = Flag(normalizer, "strip_accents") ?? lowers,
            IndividuallyTokenizeCjk = Flag(normalizer, "handle_chinese_chars") ?? true,
        });
        return new EmbeddingTokenizer(
            text => pieces.EncodeToIds(text, addSpecialTokens: false, considerPreTokenization: true, considerNormalization: true), tokens.Count, pieces.ClassificationTokenId, pieces.SeparatorTokenId);
    }

    private static EmbeddingTokenizer ReadBytes(ReadOnlyMemory<byte> json, string model)
    {
        var bytes = TokenizerFile.Read(json, model);
        var begin = bytes.Prefix.Count > 0 ? bytes.Prefix[0] : -1;
        return new EmbeddingTokenizer(bytes.Encode, bytes.Count, begin, bytes.Suffix.Count > 0 ? bytes.Suffix[^1] : -1);
    }

    private static bool? Flag(JsonElement given, string name) => given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static EdgeHostException Bad(string model, string why) => new(ErrorCode.FailedPrecondition, $"The {TokenizerFile.Name} of the model {model} cannot be used: {why}.");
}
