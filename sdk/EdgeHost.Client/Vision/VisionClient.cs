using EdgeHost.Capabilities.Vision;

namespace EdgeHost.Client.Vision;

/// <summary>
/// What is in a picture. Pictures are the bytes of a PNG, JPEG, WebP or BMP file; they go to the socket without a copy in this process and must not
/// change until the call ends. Thread-safe; obtained from <see cref="EdgeHostClient.Vision"/>.
/// </summary>
public sealed class VisionClient
{
    private readonly EdgeHostClient _client;

    internal VisionClient(EdgeHostClient client) => _client = client;

    /// <summary>Reads the text in a picture: printed and on-screen text, English and Chinese.</summary>
    /// <param name="image">The bytes of a picture file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <returns>Lines in reading order with their polygons in pixels of the upright picture, and their text joined.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not a picture, truncated, or larger than the host takes;
    /// <see cref="ErrorCode.FailedPrecondition"/>: the models are not on the device; <see cref="ErrorCode.DeadlineExceeded"/>;
    /// <see cref="ErrorCode.ResourceExhausted"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<RecognizeTextResponse> RecognizeTextAsync(
        ReadOnlyMemory<byte> image, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RecognizeTextRequest, RecognizeTextResponse>(
            VisionMethods.RecognizeText, new RecognizeTextRequest { Image = image }, options, cancellationToken);

    /// <summary>Finds faces and six points of each.</summary>
    /// <param name="image">The bytes of a picture file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<DetectFacesResponse> DetectFacesAsync(
        ReadOnlyMemory<byte> image, CallOptions? options = null, CancellationToken cancellationToken = default)
        => DetectFacesAsync(new DetectFacesRequest { Image = image }, options, cancellationToken);

    /// <summary>Finds faces with a range, a threshold or a limit of one's own.</summary>
    /// <param name="request">The picture and what to look for.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<DetectFacesResponse> DetectFacesAsync(
        DetectFacesRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<DetectFacesRequest, DetectFacesResponse>(VisionMethods.DetectFaces, request, options, cancellationToken);
}
