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
}
