using EdgeHost.Capabilities.Health;

namespace EdgeHost.Client.Health;

/// <summary>
/// Heart signals, readings and what they mean. Each method needs a grant of its own; without it the call is <see cref="ErrorCode.PermissionDenied"/>. Thread-safe;
/// obtained from <see cref="EdgeHostClient.Health"/>.
/// </summary>
public sealed class HealthClient
{
    private readonly EdgeHostClient _client;

    internal HealthClient(EdgeHostClient client) => _client = client;

    /// <summary>Analyses an ECG of one lead.</summary>
    /// <param name="request">The signal in millivolts and its rate.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the request is wrong, and how; <see cref="ErrorCode.PermissionDenied"/>: the app
    /// has no grant, with the command that gives it; <see cref="ErrorCode.DeadlineExceeded"/>; <see cref="ErrorCode.ResourceExhausted"/>;
    /// <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<AnalyzeEcgResponse> AnalyzeEcgAsync(AnalyzeEcgRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AnalyzeEcgRequest, AnalyzeEcgResponse>(HealthMethods.AnalyzeEcg, request, options, cancellationToken);

    /// <summary>Analyses a pulse signal.</summary>
    /// <param name="request">The signal, and its rate or the times of its frames.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<AnalyzePpgResponse> AnalyzePpgAsync(AnalyzePpgRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<AnalyzePpgRequest, AnalyzePpgResponse>(HealthMethods.AnalyzePpg, request, options, cancellationToken);

    /// <summary>Follows the ECG of a live sensor.</summary>
    /// <param name="request">Its rate.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push pieces, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<OpenCall<SignalChunk, EcgStreamItem, AnalyzeSignalStreamResponse>> OpenEcgAsync(AnalyzeEcgStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<AnalyzeEcgStreamRequest, SignalChunk, EcgStreamItem, AnalyzeSignalStreamResponse>(HealthMethods.AnalyzeEcgStream, request, options, cancellationToken);

    /// <summary>Follows the pulse signal of a live sensor.</summary>
    /// <param name="request">Its rate and channels.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Stops the call, also after it has begun.</param>
    /// <returns>The call: push pieces, read items, complete, ask for the response; the caller disposes it.</returns>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<OpenCall<SignalChunk, PpgStreamItem, AnalyzeSignalStreamResponse>> OpenPpgAsync(AnalyzePpgStreamRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<AnalyzePpgStreamRequest, SignalChunk, PpgStreamItem, AnalyzeSignalStreamResponse>(HealthMethods.AnalyzePpgStream, request, options, cancellationToken);

    /// <summary>Classifies blood pressure.</summary>
    /// <param name="request">The readings and the guideline.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="AnalyzeEcgAsync" path="/exception"/>
    public ValueTask<ClassifyBloodPressureResponse> ClassifyBloodPressureAsync(ClassifyBloodPressureRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ClassifyBloodPressureRequest, ClassifyBloodPressureResponse>(HealthMethods.ClassifyBloodPressure, request, options, cancellationToken);
}
