using EdgeHost.Capabilities.Speech;

namespace EdgeHost.Client.Speech;

/// <summary>Hearing and speaking. Thread-safe; obtained from <see cref="EdgeHostClient.Speech"/>.</summary>
public sealed class SpeechClient
{
    private readonly EdgeHostClient _client;

    internal SpeechClient(EdgeHostClient client) => _client = client;

    /// <summary>Writes down what is said in a sound.</summary>
    /// <param name="request">The sound and what to listen with.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the sound cannot be read;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<TranscribeResponse> TranscribeAsync(TranscribeRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<TranscribeRequest, TranscribeResponse>(SpeechMethods.Transcribe, request, options, cancellationToken);

    /// <summary>Writes down what is said in a WAV or FLAC file.</summary>
    /// <param name="audio">The bytes of the file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="TranscribeAsync(TranscribeRequest, CallOptions?, CancellationToken)" path="/exception"/>
    public ValueTask<TranscribeResponse> TranscribeAsync(ReadOnlyMemory<byte> audio, CallOptions? options = null, CancellationToken cancellationToken = default)
        => TranscribeAsync(new TranscribeRequest { Audio = audio }, options, cancellationToken);

    /// <summary>Writes down what is said while it is said.</summary>
    /// <param name="request">What is pushed, and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push sound, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the format is none of a stream;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<OpenCall<AudioChunk, TranscriptItem, TranscribeStreamResponse>> OpenTranscriptionAsync(TranscribeStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<TranscribeStreamRequest, AudioChunk, TranscriptItem, TranscribeStreamResponse>(SpeechMethods.TranscribeStream, request, options, cancellationToken);

    /// <summary>Finds where somebody speaks in a sound.</summary>
    /// <param name="request">The sound and what counts as speech.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the sound cannot be read;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<DetectSpeechResponse> DetectSpeechAsync(DetectSpeechRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<DetectSpeechRequest, DetectSpeechResponse>(SpeechMethods.DetectSpeech, request, options, cancellationToken);

    /// <summary>Tells when somebody begins and ends to speak.</summary>
    /// <param name="request">What is pushed, and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push sound, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the format is none of a stream;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<OpenCall<AudioChunk, SpeechEvent, DetectSpeechStreamResponse>> OpenSpeechDetectionAsync(DetectSpeechStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<DetectSpeechStreamRequest, AudioChunk, SpeechEvent, DetectSpeechStreamResponse>(SpeechMethods.DetectSpeechStream, request, options, cancellationToken);

    /// <summary>Finds keywords in a sound.</summary>
    /// <param name="request">The sound and the keywords.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the sound cannot be read, or a keyword is not known;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<SpotKeywordResponse> SpotKeywordAsync(SpotKeywordRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<SpotKeywordRequest, SpotKeywordResponse>(SpeechMethods.SpotKeyword, request, options, cancellationToken);

    /// <summary>Tells when keywords are heard.</summary>
    /// <param name="request">What is pushed, and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push sound, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the format is none of a stream, or a keyword is not known;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<OpenCall<AudioChunk, KeywordDetection, SpotKeywordStreamResponse>> OpenKeywordSpottingAsync(SpotKeywordStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<SpotKeywordStreamRequest, AudioChunk, KeywordDetection, SpotKeywordStreamResponse>(SpeechMethods.SpotKeywordStream, request, options, cancellationToken);

    /// <summary>Teaches the device a keyword of the app's own.</summary>
    /// <param name="request">The keyword and recordings of it.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a recording cannot be used, and which;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<TeachKeywordResponse> TeachKeywordAsync(TeachKeywordRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<TeachKeywordRequest, TeachKeywordResponse>(SpeechMethods.TeachKeyword, request, options, cancellationToken);

    /// <summary>Makes the device forget a keyword that the app taught.</summary>
    /// <param name="request">The keyword.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the id is none;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<ForgetKeywordResponse> ForgetKeywordAsync(ForgetKeywordRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ForgetKeywordRequest, ForgetKeywordResponse>(SpeechMethods.ForgetKeyword, request, options, cancellationToken);

    /// <summary>Lists the keywords that the device knows.</summary>
    /// <param name="request">Nothing to say.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the request is malformed;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<KeywordsResponse> ListKeywordsAsync(KeywordsRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<KeywordsRequest, KeywordsResponse>(SpeechMethods.Keywords, request, options, cancellationToken);

    /// <summary>Says a text.</summary>
    /// <param name="request">The text and how to say it.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the text is empty or too long, or there is no such voice;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<SynthesizeResponse> SynthesizeAsync(SynthesizeRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<SynthesizeRequest, SynthesizeResponse>(SpeechMethods.Synthesize, request, options, cancellationToken);

    /// <summary>Says a text with the first voice of English.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="SynthesizeAsync(SynthesizeRequest, CallOptions?, CancellationToken)" path="/exception"/>
    public ValueTask<SynthesizeResponse> SynthesizeAsync(string text, CallOptions? options = null, CancellationToken cancellationToken = default)
        => SynthesizeAsync(new SynthesizeRequest { Text = text }, options, cancellationToken);

    /// <summary>Says a text, sentence by sentence: the first sound comes before the last sentence is spoken.</summary>
    /// <param name="request">The text and how to say it.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <returns>The pieces of sound. The call begins with the enumeration; leaving it early stops the call on the host.</returns>
    /// <inheritdoc cref="SynthesizeAsync(SynthesizeRequest, CallOptions?, CancellationToken)" path="/exception"/>
    public IAsyncEnumerable<SpeechChunk> SynthesizeStreamAsync(SynthesizeStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.StreamAsync<SynthesizeStreamRequest, SpeechChunk>(SpeechMethods.SynthesizeStream, request, options, cancellationToken);

    /// <summary>Lists the voices.</summary>
    /// <param name="request">Which voices.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the request is malformed;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<VoicesResponse> ListVoicesAsync(VoicesRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<VoicesRequest, VoicesResponse>(SpeechMethods.Voices, request, options, cancellationToken);

    /// <summary>Opens a voice session: wake word, listening, the app's answer, speaking.</summary>
    /// <param name="request">What is pushed, and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push sound, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the format is none of a stream, or a keyword is not known;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a model or program is not on the device, with what gets it; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<OpenCall<ConversePush, ConversationEvent, ConverseResponse>> OpenConversationAsync(ConverseRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<ConverseRequest, ConversePush, ConversationEvent, ConverseResponse>(SpeechMethods.Converse, request, options, cancellationToken);
}
