using System.Numerics.Tensors;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.Plugins.Language.Generation.Tokenizers;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Embedding;

/// <summary>
/// An encoder of texts: <c>input_ids</c>, <c>attention_mask</c> and, where it has it, <c>token_type_ids</c>, int64 [texts, n] in; <c>sentence_embedding</c> [texts, width], or
/// <c>last_hidden_state</c> or <c>token_embeddings</c> [texts, n, width] out. Immutable; thread-safe.
/// </summary>
internal sealed class EmbeddingModel
{
    private static readonly string[] Outputs = ["sentence_embedding", "last_hidden_state", "token_embeddings"];

    /// <summary><c>id@version</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Makes tokens.</summary>
    public required EmbeddingTokenizer Tokenizer { get; init; }

    /// <summary>What its files say.</summary>
    public required EmbeddingConfig Config { get; init; }

    private string Output { get; init; } = string.Empty;

    /// <summary>Reads a model's files.</summary>
    /// <param name="lease">The model; stays the caller's.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a file is missing or wrong, or the graph is no encoder.</exception>
    public static async ValueTask<EmbeddingModel> ReadAsync(IModelLease lease, CancellationToken cancellationToken)
    {
        var name = $"{lease.Model.Id}@{lease.Model.Version}";
        var tokens = await ModelFiles.FindAsync(lease, TokenizerFile.Name, cancellationToken).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {name} has no {TokenizerFile.Name}; import its folder again with that file.");
        var config = EmbeddingConfig.Read(
            name,
            await ModelFiles.FindAsync(lease, DecoderConfig.HubFile, cancellationToken).ConfigureAwait(false),
            await ModelFiles.FindAsync(lease, "sentence_bert_config.json", cancellationToken).ConfigureAwait(false),
            await ModelFiles.FindAsync(lease, "1_Pooling/config.json", cancellationToken).ConfigureAwait(false),
            await ModelFiles.FindAsync(lease, "modules.json", cancellationToken).ConfigureAwait(false));
        foreach (var input in (string[])["input_ids", "attention_mask"])
        {
            if (lease.Model.Inputs.All(known => known.Name != input)) throw Bad(name, $"it has no input '{input}'");
        }

        var output = Outputs.FirstOrDefault(wanted => lease.Model.Outputs.Any(known => known.Name == wanted)) ?? throw Bad(name, $"it has none of the outputs {string.Join(", ", Outputs)}");
        return new EmbeddingModel { Name = name, Tokenizer = EmbeddingTokenizer.Read(tokens, name), Config = config, Output = output };
    }

    /// <summary>Makes vectors of texts in one step.</summary>
    /// <param name="lease">The model.</param>
    /// <param name="texts">Tokens of each text; none empty.</param>
    /// <param name="normalises">Whether vectors are made of length 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<float[][]> EmbedAsync(IModelLease lease, IReadOnlyList<int[]> texts, bool normalises, CancellationToken cancellationToken)
    {
        var longest = texts.Max(static text => text.Length);
        var shape = new TensorShape(texts.Count, longest);
        using var ids = lease.CreateValue(ElementType.Int64, shape);
        using var mask = lease.CreateValue(ElementType.Int64, shape);
        using var types = lease.CreateValue(ElementType.Int64, shape);
        ids.AsSpan<long>().Clear();
        mask.AsSpan<long>().Clear();
        types.AsSpan<long>().Clear();
        for (var row = 0; row < texts.Count; row++)
        {
            for (var i = 0; i < texts[row].Length; i++) ids.AsSpan<long>()[(row * longest) + i] = texts[row][i];
            mask.AsSpan<long>().Slice(row * longest, texts[row].Length).Fill(1);
        }

        List<NamedValue> inputs = [new("input_ids", ids), new("attention_mask", mask)];
        if (lease.Model.Inputs.Any(static input => input.Name == "token_type_ids")) inputs.Add(new NamedValue("token_type_ids", types));
        using var result = await lease.RunAsync(new ModelStep { Inputs = inputs, Outputs = [Output], MayRunOnCallingThread = true }, cancellationToken).ConfigureAwait(false);
        var found = result[0];
        if (found.ElementType != ElementType.Float32 || found.Shape.Rank is not (2 or 3) || found.Shape[0] != texts.Count) throw Bad(Name, $"its '{Output}' is {found.ElementType} {found.Shape}");
        var width = (int)found.Shape[found.Shape.Rank - 1];
        return [.. texts.Select((text, row) => Vector(found, row, text.Length, longest, width, normalises))];
    }

    private float[] Vector(ModelValue found, int row, int length, int longest, int width, bool normalises)
    {
        var vector = new float[width];
        var all = found.AsSpan<float>();
        if (found.Shape.Rank == 2)
        {
            all.Slice(row * width, width).CopyTo(vector);
        }
        else
        {
            var tokens = all.Slice(row * longest * width, length * width);
            switch (Config.Pooling)
            {
                case PoolingKind.First:
                    tokens[..width].CopyTo(vector);
                    break;
                case PoolingKind.Last:
                    tokens[^width..].CopyTo(vector);
                    break;
                default:
                    for (var i = 0; i < length; i++) TensorPrimitives.MultiplyAdd(tokens.Slice(i * width, width), 1f / length, vector, vector);
                    break;
            }
        }

        var size = normalises ? TensorPrimitives.Norm<float>(vector) : 0;
        if (size > 0) TensorPrimitives.Divide(vector, size, vector);
        return vector;
    }

    private static EdgeHostException Bad(string name, string why) => new(ErrorCode.FailedPrecondition, $"The model {name} makes no vectors of texts: {why}.");
}
