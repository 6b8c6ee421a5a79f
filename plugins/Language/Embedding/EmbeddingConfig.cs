using System.Text.Json;

namespace EdgeHost.Plugins.Language.Embedding;

/// <summary>What the files beside an encoder say, in the layout of Sentence Transformers. Immutable.</summary>
internal sealed record EmbeddingConfig
{
    /// <summary>How vectors of tokens become one.</summary>
    public PoolingKind Pooling { get; init; }

    /// <summary>Whether vectors are of length 1.</summary>
    public bool Normalises { get; init; } = true;

    /// <summary>The most tokens of a text.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Reads them, each where it is there.</summary>
    /// <param name="model">The model, for errors.</param>
    /// <param name="config"><c>config.json</c>.</param>
    /// <param name="sentences"><c>sentence_bert_config.json</c>.</param>
    /// <param name="pooling"><c>1_Pooling/config.json</c>.</param>
    /// <param name="modules"><c>modules.json</c>.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: one cannot be read, or asks for what is not known.</exception>
    public static EmbeddingConfig Read(string model, ReadOnlyMemory<byte>? config, ReadOnlyMemory<byte>? sentences, ReadOnlyMemory<byte>? pooling, ReadOnlyMemory<byte>? modules)
    {
        try
        {
            var most = Number(config, "max_position_embeddings") ?? 512;
            if (Number(sentences, "max_seq_length") is { } said) most = Math.Min(most, said);
            return new EmbeddingConfig { Pooling = PoolingOf(model, pooling), Normalises = NormalisesIn(modules), MaxTokens = most };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"A configuration of the model {model} cannot be read: {e.Message}", e);
        }
    }

    private static int? Number(ReadOnlyMemory<byte>? file, string name)
    {
        if (file is not { } bytes) return null;
        using var json = JsonDocument.Parse(bytes);
        return json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number : null;
    }

    private static PoolingKind PoolingOf(string model, ReadOnlyMemory<byte>? file)
    {
        if (file is not { } bytes) return PoolingKind.Mean;
        using var json = JsonDocument.Parse(bytes);
        string[] modes = [.. json.RootElement.EnumerateObject().Where(static mode => mode.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && mode.Value.ValueKind == JsonValueKind.True).Select(static mode => mode.Name)];
        return modes switch
        {
            [] or ["pooling_mode_mean_tokens"] => PoolingKind.Mean,
            ["pooling_mode_cls_token"] => PoolingKind.First,
            ["pooling_mode_lasttoken"] => PoolingKind.Last,
            _ => throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {model} joins its vectors by {string.Join(" and ", modes)}; known are mean_tokens, cls_token and lasttoken, one of them."),
        };
    }

    // Where nobody says, it does: it changes no order of likeness.
    private static bool NormalisesIn(ReadOnlyMemory<byte>? file)
    {
        if (file is not { } bytes) return true;
        using var json = JsonDocument.Parse(bytes);
        return json.RootElement.EnumerateArray().Any(static module => module.TryGetProperty("type", out var type) && type.GetString()!.EndsWith("Normalize", StringComparison.Ordinal));
    }
}
