using System.Collections.Concurrent;
using EdgeHost.Plugins.Speech.Transcription.Tokens;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Transcription.Recognition;

/// <summary>The vocabularies of decoders, read once for a version. Thread-safe.</summary>
internal sealed class Vocabularies
{
    private const string Json = "tokenizer.json";
    private const string Script = "llama-tokenizer.js";
    private const int Most = 8;
    private readonly ConcurrentDictionary<string, ITokenVocabulary> _known = new(StringComparer.Ordinal);

    /// <summary>The vocabulary that lies beside a decoder: <c>tokenizer.json</c>, or <c>llama-tokenizer.js</c>.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: there is none, or it cannot be read.</exception>
    public async ValueTask<ITokenVocabulary> OfAsync(IModelLease decoder, CancellationToken cancellationToken)
    {
        var model = $"{decoder.Model.Id}@{decoder.Model.Version}";
        if (_known.TryGetValue(model, out var known)) return known;
        if (_known.Count >= Most) _known.Clear();
        return _known[model] = await ReadAsync(decoder, Json, static file => ByteLevelVocabulary.Read(file), cancellationToken).ConfigureAwait(false)
            ?? await ReadAsync(decoder, Script, static file => LlamaVocabulary.Read(file.Span), cancellationToken).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {model} has no vocabulary: its manifest lists neither '{Json}' nor '{Script}'.");
    }

    private static async ValueTask<ITokenVocabulary?> ReadAsync(
        IModelLease decoder, string name, Func<ReadOnlyMemory<byte>, ITokenVocabulary> read, CancellationToken cancellationToken)
    {
        try
        {
            return read(await decoder.ReadFileAsync(name, cancellationToken).ConfigureAwait(false));
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }
}
