using EdgeHost.Client.Extensions.AI.Chat;
using EdgeHost.Client.Extensions.AI.Embeddings;
using EdgeHost.Client.Extensions.AI.Speech;
using Microsoft.Extensions.AI;

namespace EdgeHost.Client.Extensions.AI;

/// <summary>
/// A client as the interfaces of Microsoft.Extensions.AI. The adapters are thread-safe, keep no state, and do not own the client: disposing one does
/// nothing. Which models serve is the host's business; a host without a plugin for a method answers <see cref="ErrorCode.Unimplemented"/> and names the method.
/// </summary>
public static class EdgeHostClientAIExtensions
{
    /// <summary>
    /// Chat over <c>language.generate</c>. Texts only: other contents, tools and memory of conversations (<see cref="ChatOptions.ConversationId"/>) are refused with <see cref="ErrorCode.Unimplemented"/>. All hints on
    /// sampling, the model's name, stop sequences and a response format of JSON with or without a schema are sent, and of <see cref="ChatOptions.AdditionalProperties"/> the texts <c>grammar</c> and <c>session</c>
    /// and the numbers <c>min_p</c> and <c>repetition_penalty</c>.
    /// </summary>
    /// <param name="client">The client; must outlive the adapter.</param>
    /// <param name="options">About each call; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IChatClient AsChatClient(this EdgeHostClient client, EdgeHostAIOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new EdgeHostChatClient(client, EdgeHostAIOptions.Checked(options));
    }

    /// <summary>
    /// Speech to text over <c>speech.transcribe</c> and, streaming, <c>speech.transcribe_stream</c>. The first takes WAV, FLAC or raw PCM up to the size of a frame
    /// (64 MiB unless the host is configured otherwise), the second raw PCM of any length as it comes. Speech is not translated.
    /// </summary>
    /// <param name="client">The client; must outlive the adapter.</param>
    /// <param name="options">About each call; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static ISpeechToTextClient AsSpeechToTextClient(this EdgeHostClient client, EdgeHostAIOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new EdgeHostSpeechToTextClient(client, EdgeHostAIOptions.Checked(options));
    }

    /// <summary>Embeddings of texts over <c>language.embed</c>, all texts of one request in one call.</summary>
    /// <param name="client">The client; must outlive the adapter.</param>
    /// <param name="options">About each call; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> AsEmbeddingGenerator(this EdgeHostClient client, EdgeHostAIOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new EdgeHostEmbeddingGenerator(client, EdgeHostAIOptions.Checked(options));
    }
}
