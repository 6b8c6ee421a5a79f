using System.Buffers.Binary;
using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Language.Embedding;

/// <summary>Serves <c>language.embed</c>.</summary>
[Capability(
    LanguageMethods.Embed,
    Summary = "Makes vectors of texts: texts that mean alike have vectors that point alike.",
    Example = """{"texts":["The cat sleeps.","A dog barks."]}""",
    Tasks = [TextModels.Embedding])]
internal sealed class EmbedHandler(TextModels models, EmbeddingOptions options) : CapabilityHandler<EmbedTextRequest, EmbedTextResponse>
{
    public override async ValueTask<EmbedTextResponse> HandleAsync(EmbedTextRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        Check(request.Texts);
        using var lease = await TextModels.LeaseAsync(context.Models, TextModels.Embedding, request.Model, LanguageMethods.Embed, cancellationToken).ConfigureAwait(false);
        var model = await models.OfAsync(lease, EmbeddingModel.ReadAsync, cancellationToken).ConfigureAwait(false);
        var truncated = 0;
        var tokens = new int[request.Texts.Count][];
        for (var i = 0; i < tokens.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tokens[i] = model.Tokenizer.Encode(request.Texts[i], model.Config.MaxTokens, out var isCut);
            if (tokens[i].Length == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"texts[{i}] is empty; give at least a character.");
            if (isCut) truncated++;
        }

        // Texts of like lengths share a step, so that little of it is spent on what fills them up.
        var vectors = new float[tokens.Length][];
        foreach (var batch in Enumerable.Range(0, tokens.Length).OrderBy(i => tokens[i].Length).Chunk(options.MaxBatch))
        {
            var made = await model.EmbedAsync(lease, [.. batch.Select(i => tokens[i])], request.Normalize ?? model.Config.Normalises, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < batch.Length; i++) vectors[batch[i]] = made[i];
        }

        return new EmbedTextResponse
        {
            Embeddings = [.. vectors.Select(static vector => (ReadOnlyMemory<byte>)Bytes(vector))],
            Dimension = vectors[0].Length,
            Model = model.Name,
            InputTokens = tokens.Sum(static text => text.Length),
            Truncated = truncated,
        };
    }

    private void Check(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0 || texts.Count > options.MaxTexts)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"'texts' must have 1 to {options.MaxTexts} texts, not {texts.Count}. Send them in several calls, or raise the plugin's setting 'embedding:max_texts'.");
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Length <= options.MaxCharacters) continue;
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"texts[{i}] has {texts[i].Length} characters; at most {options.MaxCharacters} are taken. Raise the plugin's setting 'embedding:max_characters' for more.");
        }
    }

    private static byte[] Bytes(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        return bytes;
    }
}
