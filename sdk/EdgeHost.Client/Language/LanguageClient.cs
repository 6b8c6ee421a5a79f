using EdgeHost.Capabilities.Language;

namespace EdgeHost.Client.Language;

/// <summary>What a text says and how. Thread-safe; obtained from <see cref="EdgeHostClient.Language"/>.</summary>
public sealed class LanguageClient
{
    private readonly EdgeHostClient _client;

    internal LanguageClient(EdgeHostClient client) => _client = client;

    /// <summary>Judges the tone of a text in English or Chinese: negative, neutral or positive.</summary>
    /// <param name="text">A sentence to a paragraph, at most 4,000 characters unless the host is set otherwise.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <returns>The tone, how likely each is, and what language the text was taken for.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the text is empty or too long;
    /// <see cref="ErrorCode.FailedPrecondition"/>: the model is not on the device; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<AnalyzeSentimentResponse> AnalyzeSentimentAsync(string text, CallOptions? options = null, CancellationToken cancellationToken = default)
        => AnalyzeSentimentAsync(new AnalyzeSentimentRequest { Text = text }, options, cancellationToken);

    /// <summary>The same, with all that can be asked for.</summary>
    /// <param name="request">The text and what the answer is to have.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeSentimentAsync(string, CallOptions?, CancellationToken)" path="/exception"/>
    public ValueTask<AnalyzeSentimentResponse> AnalyzeSentimentAsync(
        AnalyzeSentimentRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AnalyzeSentimentRequest, AnalyzeSentimentResponse>(LanguageMethods.AnalyzeSentiment, request, options, cancellationToken);

    /// <summary>Has a language model go on with a text or a conversation.</summary>
    /// <param name="request">The text or conversation, and how to go on.</param>
    /// <param name="options">Deadline, priority, explanation; <see cref="CallOptions.OnStreamResponse"/> is given the body of the <see cref="GenerateResponse"/>.</param>
    /// <param name="cancellationToken">Stops the call on the host and the enumeration.</param>
    /// <returns>The answer in pieces, as it comes. The call begins with the enumeration; leaving it early stops the call on the host.</returns>
    /// <exception cref="EdgeHostException">While enumerating: <see cref="ErrorCode.InvalidArgument"/>: the request is wrong or too long; <see cref="ErrorCode.FailedPrecondition"/>: no model
    /// is on the device, with what gets one; <see cref="ErrorCode.ResourceExhausted"/>: too many wait, or there is not enough memory; or as for any call.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IAsyncEnumerable<GeneratedText> GenerateAsync(GenerateRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.StreamAsync<GenerateRequest, GeneratedText>(LanguageMethods.Generate, request, options, cancellationToken);

    /// <summary>Counts the tokens that a text or a conversation is for a language model.</summary>
    /// <param name="request">The text or conversation, and the model.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the request is wrong or too long; <see cref="ErrorCode.FailedPrecondition"/>: no model
    /// is on the device, with what gets one; or as for any call.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<CountTokensResponse> CountTokensAsync(CountTokensRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<CountTokensRequest, CountTokensResponse>(LanguageMethods.CountTokens, request, options, cancellationToken);

    /// <summary>Makes vectors of texts.</summary>
    /// <param name="request">The texts, and the model.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the request is wrong or too long; <see cref="ErrorCode.FailedPrecondition"/>: no model
    /// is on the device, with what gets one; or as for any call.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<EmbedTextResponse> EmbedAsync(EmbedTextRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<EmbedTextRequest, EmbedTextResponse>(LanguageMethods.Embed, request, options, cancellationToken);
}
