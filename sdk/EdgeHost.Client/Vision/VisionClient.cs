using EdgeHost.Capabilities.Vision;

namespace EdgeHost.Client.Vision;

/// <summary>
/// What is in a picture. Pictures are the bytes of a PNG, JPEG, WebP, BMP or GIF file; they go to the socket without a copy in this process and must not
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

    /// <summary>Finds things of everyday life, with a label and a box for each.</summary>
    /// <param name="image">The bytes of a picture file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<DetectObjectsResponse> DetectObjectsAsync(
        ReadOnlyMemory<byte> image, CallOptions? options = null, CancellationToken cancellationToken = default)
        => DetectObjectsAsync(new DetectObjectsRequest { Image = image }, options, cancellationToken);

    /// <summary>Finds objects with labels, a threshold, a limit or a model of one's own.</summary>
    /// <param name="request">The picture and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the host knows no such model; otherwise as for <see cref="RecognizeTextAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<DetectObjectsResponse> DetectObjectsAsync(
        DetectObjectsRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<DetectObjectsRequest, DetectObjectsResponse>(VisionMethods.DetectObjects, request, options, cancellationToken);

    /// <summary>Finds the joints of the person in a picture.</summary>
    /// <param name="image">The bytes of a picture file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<EstimatePoseResponse> EstimatePoseAsync(
        ReadOnlyMemory<byte> image, CallOptions? options = null, CancellationToken cancellationToken = default)
        => EstimatePoseAsync(new EstimatePoseRequest { Image = image }, options, cancellationToken);

    /// <summary>Finds joints with a threshold or a model of one's own.</summary>
    /// <param name="request">The picture and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the host knows no such model; otherwise as for <see cref="RecognizeTextAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<EstimatePoseResponse> EstimatePoseAsync(
        EstimatePoseRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<EstimatePoseRequest, EstimatePoseResponse>(VisionMethods.EstimatePose, request, options, cancellationToken);

    /// <summary>Says what a picture shows.</summary>
    /// <param name="image">The bytes of a picture file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<ClassifyImageResponse> ClassifyImageAsync(
        ReadOnlyMemory<byte> image, CallOptions? options = null, CancellationToken cancellationToken = default)
        => ClassifyImageAsync(new ClassifyImageRequest { Image = image }, options, cancellationToken);

    /// <summary>Says what a picture shows, with a classifier, a number of labels or a model of one's own.</summary>
    /// <param name="request">The picture and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the host knows no such model; otherwise as for <see cref="RecognizeTextAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<ClassifyImageResponse> ClassifyImageAsync(
        ClassifyImageRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ClassifyImageRequest, ClassifyImageResponse>(VisionMethods.ClassifyImage, request, options, cancellationToken);

    /// <summary>Tells the people of a picture from what is behind them: a mask of the picture's size.</summary>
    /// <param name="image">The bytes of a picture file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<SegmentForegroundResponse> SegmentForegroundAsync(
        ReadOnlyMemory<byte> image, CallOptions? options = null, CancellationToken cancellationToken = default)
        => SegmentForegroundAsync(new SegmentForegroundRequest { Image = image }, options, cancellationToken);

    /// <summary>Tells foreground from background with a model of one's own.</summary>
    /// <param name="request">The picture and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the host knows no such model; otherwise as for <see cref="RecognizeTextAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<SegmentForegroundResponse> SegmentForegroundAsync(
        SegmentForegroundRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<SegmentForegroundRequest, SegmentForegroundResponse>(VisionMethods.SegmentForeground, request, options, cancellationToken);

    /// <summary>Makes a vector of a picture, to compare pictures by their content.</summary>
    /// <param name="image">The bytes of a picture file.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<EmbedImageResponse> EmbedImageAsync(
        ReadOnlyMemory<byte> image, CallOptions? options = null, CancellationToken cancellationToken = default)
        => EmbedImageAsync(new EmbedImageRequest { Image = image }, options, cancellationToken);

    /// <summary>Makes a vector with a model of one's own.</summary>
    /// <param name="request">The picture and what is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the host knows no such model; otherwise as for <see cref="RecognizeTextAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<EmbedImageResponse> EmbedImageAsync(
        EmbedImageRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<EmbedImageRequest, EmbedImageResponse>(VisionMethods.EmbedImage, request, options, cancellationToken);

    /// <summary>Says what kind of place a picture shows: a kitchen, a street, the sea.</summary>
    /// <param name="request">The picture and how many labels.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<RecognizeSceneResponse> RecognizeSceneAsync(
        RecognizeSceneRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RecognizeSceneRequest, RecognizeSceneResponse>(VisionMethods.RecognizeScene, request, options, cancellationToken);

    /// <summary>Shows the device a picture of a class of one's own; <see cref="ClassifyImageAsync(ClassifyImageRequest, CallOptions?, CancellationToken)"/> with the classifier knows it at once.</summary>
    /// <param name="request">The picture and what it shows.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too; a picture that was kept stays.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the app has taught as much as it may; otherwise as for <see cref="RecognizeTextAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<TeachImageResponse> TeachAsync(TeachImageRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<TeachImageRequest, TeachImageResponse>(VisionMethods.Teach, request, options, cancellationToken);

    /// <summary>Says what would have been right, so that a classifier learns it.</summary>
    /// <param name="request">The answer or the picture, and what is right.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too; what was kept stays.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such classifier, or the answer is too long ago; otherwise as for <see cref="TeachAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<CorrectImageResponse> CorrectAsync(CorrectImageRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<CorrectImageRequest, CorrectImageResponse>(VisionMethods.Correct, request, options, cancellationToken);

    /// <summary>Makes the version of a taught classifier serve again that served before the one that does.</summary>
    /// <param name="request">Which classifier.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such classifier; <see cref="ErrorCode.FailedPrecondition"/>: no version is before the one that serves.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<RollBackClassifierResponse> RollBackAsync(RollBackClassifierRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RollBackClassifierRequest, RollBackClassifierResponse>(VisionMethods.RollBack, request, options, cancellationToken);

    /// <summary>Forgets a class or a classifier that this app taught.</summary>
    /// <param name="request">Which one.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<ForgetImagesResponse> ForgetAsync(ForgetImagesRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ForgetImagesRequest, ForgetImagesResponse>(VisionMethods.Forget, request, options, cancellationToken);

    /// <summary>Lists the classifiers that this app taught.</summary>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<ClassifiersResponse> ListClassifiersAsync(CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ClassifiersRequest, ClassifiersResponse>(VisionMethods.Classifiers, new ClassifiersRequest(), options, cancellationToken);

    /// <summary>Follows things through the frames of a video: push frames as they come, and read what is in them. Frames that come while one is looked at are dropped but for the newest.</summary>
    /// <param name="request">What to look for.</param>
    /// <param name="options">Deadline (the default one ends long streams), priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecognizeTextAsync" path="/exception"/>
    public ValueTask<OpenCall<VideoFrame, WatchedFrame, WatchResponse>> OpenWatchAsync(
        WatchRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.OpenAsync<WatchRequest, VideoFrame, WatchedFrame, WatchResponse>(VisionMethods.Watch, request, options, cancellationToken);
}
