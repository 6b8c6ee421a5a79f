using EdgeHost.Capabilities.Translation;

namespace EdgeHost.Client.Translation;

/// <summary>From one language into another. Thread-safe; obtained from <see cref="EdgeHostClient.Translation"/>.</summary>
public sealed class TranslationClient
{
    private readonly EdgeHostClient _client;

    internal TranslationClient(EdgeHostClient client) => _client = client;

    /// <summary>Translates a text whose language is detected.</summary>
    /// <param name="text">The text, at most 100,000 characters unless the host is set otherwise.</param>
    /// <param name="target">The language wanted, as BCP 47.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the text is too long, or its language cannot be told;
    /// <see cref="ErrorCode.FailedPrecondition"/>: no model on the device does it, with what there is and the command that gets one; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<TranslateResponse> TranslateAsync(string text, string target, CallOptions? options = null, CancellationToken cancellationToken = default)
        => TranslateAsync(new TranslateRequest { Text = text, Target = target }, options, cancellationToken);

    /// <summary>Translates one text or several, with all that can be asked for.</summary>
    /// <param name="request">The texts and how they are to be translated.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="TranslateAsync(string, string, CallOptions?, CancellationToken)" path="/exception"/>
    public ValueTask<TranslateResponse> TranslateAsync(TranslateRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<TranslateRequest, TranslateResponse>(TranslationMethods.Translate, request, options, cancellationToken);

    /// <summary>Translates a text and gives each sentence when it is done.</summary>
    /// <param name="request">The text and how it is to be translated.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too; so does leaving the loop early.</param>
    /// <inheritdoc cref="TranslateAsync(string, string, CallOptions?, CancellationToken)" path="/exception"/>
    public IAsyncEnumerable<TranslatedSentence> TranslateStreamAsync(TranslateStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.StreamAsync<TranslateStreamRequest, TranslatedSentence>(TranslationMethods.TranslateStream, request, options, cancellationToken);

    /// <summary>Tells what language a text is in.</summary>
    /// <param name="text">The text, best a sentence or more.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the text is empty; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<DetectLanguageResponse> DetectLanguageAsync(string text, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<DetectLanguageRequest, DetectLanguageResponse>(TranslationMethods.DetectLanguage, new DetectLanguageRequest { Text = text }, options, cancellationToken);

    /// <summary>Lists what can be translated into what.</summary>
    /// <param name="request">Which pairs are wanted; null: all.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<LanguagesResponse> GetLanguagesAsync(LanguagesRequest? request = null, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<LanguagesRequest, LanguagesResponse>(TranslationMethods.Languages, request ?? new LanguagesRequest(), options, cancellationToken);
}
