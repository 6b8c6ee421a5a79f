using System.Buffers.Binary;
using Microsoft.Extensions.AI;

namespace EdgeHost.Client.Extensions.AI.Embeddings;

/// <summary>Vectors of texts.</summary>
internal sealed class EdgeHostEmbeddingGenerator(EdgeHostClient client, EdgeHostAIOptions options) : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string Method = "language.embed";
    private static readonly EmbeddingGeneratorMetadata Metadata = new(Services.ProviderName);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        if (texts.Length == 0) return [];
        var response = await CallAsync(texts, options?.ModelId, cancellationToken).ConfigureAwait(false);
        if (response.Embeddings.Count != texts.Length)
        {
            throw new EdgeHostException(ErrorCode.Internal, $"{Method} gave {response.Embeddings.Count} embeddings for {texts.Length} texts.");
        }

        var embeddings = new GeneratedEmbeddings<Embedding<float>>(texts.Length);
        foreach (var bytes in response.Embeddings)
        {
            var vector = ToVector(bytes.Span);
            if (options?.Dimensions is { } wanted && wanted != vector.Length) throw Services.NotThere(Method, $"choice of dimensions: the host's model gives {vector.Length}");
            embeddings.Add(new Embedding<float>(vector) { ModelId = response.Model });
        }

        if (response.InputTokens is { } tokens) embeddings.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => Services.Find(serviceType, serviceKey, this, client, Metadata);

    public void Dispose()
    {
        // The client belongs to whoever made it.
    }

    private ValueTask<EmbedResponse> CallAsync(string[] texts, string? model, CancellationToken cancellationToken)
        => client.CallAsync<EmbedRequest, EmbedResponse>(Method, new EmbedRequest { Texts = texts, Model = model }, options.ToCallOptions(), cancellationToken);

    private static float[] ToVector(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(float) != 0) throw new EdgeHostException(ErrorCode.Internal, $"{Method} gave an embedding of {bytes.Length} bytes, which are not whole numbers of four.");
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++) vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        return vector;
    }
}
