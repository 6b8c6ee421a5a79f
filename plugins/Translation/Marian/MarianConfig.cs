using System.Text.Json;

namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>What <c>config.json</c> and <c>generation_config.json</c> say of a Marian model. Immutable.</summary>
internal sealed class MarianConfig
{
    private MarianConfig()
    {
    }

    /// <summary>The id that a text begins with.</summary>
    public required int StartId { get; init; }

    /// <summary>The id that ends a text.</summary>
    public required int EndId { get; init; }

    /// <summary>The id that stands for no token.</summary>
    public required int PaddingId { get; init; }

    /// <summary>How many ids the decoder chooses from.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Most tokens that are written.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Most tokens that are read.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>How many hypotheses the makers follow.</summary>
    public required int Beams { get; init; }

    /// <summary>The power of the length by which a hypothesis' score is divided; the higher, the longer the translations.</summary>
    public required double LengthPenalty { get; init; }

    /// <summary>Ids that are never written, padding among them.</summary>
    public required IReadOnlyList<int> Banned { get; init; }

    /// <summary>Reads.</summary>
    /// <param name="config"><c>config.json</c>.</param>
    /// <param name="generation"><c>generation_config.json</c>, which has precedence; null where there is none.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: they are no JSON, or lack what is needed, and what.</exception>
    public static MarianConfig Read(ReadOnlyMemory<byte> config, ReadOnlyMemory<byte>? generation)
    {
        try
        {
            using var main = JsonDocument.Parse(config);
            using var more = generation is { } bytes ? JsonDocument.Parse(bytes) : null;
            JsonElement[] places = more is null ? [main.RootElement] : [more.RootElement, main.RootElement];
            var padding = Int(places, "pad_token_id", null, 0, int.MaxValue);
            return new MarianConfig
            {
                PaddingId = padding,
                StartId = Int(places, "decoder_start_token_id", padding, 0, int.MaxValue),
                EndId = Int(places, "eos_token_id", 0, 0, int.MaxValue),
                VocabularySize = Int(places, "decoder_vocab_size", Int(places, "vocab_size", null, 2, int.MaxValue), 2, int.MaxValue),
                MaxLength = Int(places, "max_length", 512, 1, 4096),
                MaxPositions = Int(places, "max_position_embeddings", 512, 2, 65_536),
                Beams = Int(places, "num_beams", 1, 1, 16),
                LengthPenalty = Find(places, "length_penalty") is { ValueKind: JsonValueKind.Number } penalty ? penalty.GetDouble() : 1,
                Banned = [.. BannedIds(places).Append(padding).Distinct()],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new EdgeHostException(ErrorCode.DataLoss, $"The model's 'config.json' or 'generation_config.json' is not that of a Marian model: {e.Message}", e);
        }
    }

    private static JsonElement? Find(JsonElement[] places, string name)
    {
        foreach (var place in places)
        {
            if (place.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        }

        return null;
    }

    private static int Int(JsonElement[] places, string name, int? otherwise, int least, int most)
    {
        var value = Find(places, name)?.GetInt32() ?? otherwise ?? throw new JsonException($"'{name}' is missing");
        return value >= least && value <= most ? value : throw new JsonException($"'{name}' is {value}, and must be from {least} to {most}");
    }

    // Words of several tokens are not written by such models.
    private static int[] BannedIds(JsonElement[] places)
        => Find(places, "bad_words_ids") is { ValueKind: JsonValueKind.Array } words
            ? words.EnumerateArray().Where(static word => word.GetArrayLength() == 1).Select(static word => word[0].GetInt32()).ToArray()
            : [];
}
