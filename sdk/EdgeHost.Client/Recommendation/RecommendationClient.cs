using EdgeHost.Capabilities.Recommendation;

namespace EdgeHost.Client.Recommendation;

/// <summary>
/// What a person might like, learnt on this device from what they did with an app's items. Catalogues are the app's own. Thread-safe; obtained from <see cref="EdgeHostClient.Recommendation"/>.
/// </summary>
public sealed class RecommendationClient
{
    private readonly EdgeHostClient _client;

    internal RecommendationClient(EdgeHostClient client) => _client = client;

    /// <summary>Puts items into a catalogue. The host turns their texts and pictures into vectors after the call.</summary>
    /// <param name="catalog">The catalogue, made by its first items.</param>
    /// <param name="items">The items.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<PutItemsResponse> PutItemsAsync(string catalog, IReadOnlyList<CatalogItem> items, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return _client.CallAsync<PutItemsRequest, PutItemsResponse>(RecommendationMethods.PutItems, new PutItemsRequest { Catalog = catalog, Items = items }, options, cancellationToken);
    }

    /// <summary>Puts any number of items into a catalogue, as they come. When it fails, those that came before may have been put: put them again.</summary>
    /// <param name="catalog">The catalogue, made by its first items.</param>
    /// <param name="items">The items.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public async ValueTask<PutItemsResponse> PutItemsAsync(string catalog, IAsyncEnumerable<CatalogItem> items, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var call = await _client.OpenAsync<PutItemsRequest, CatalogItem, PutItemsResponse, PutItemsResponse>(
            RecommendationMethods.PutItemsStream, new PutItemsRequest { Catalog = catalog }, options, cancellationToken).ConfigureAwait(false);
        await using (call.ConfigureAwait(false))
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await call.PushAsync(item, cancellationToken).ConfigureAwait(false);
            }

            await call.CompleteAsync(cancellationToken).ConfigureAwait(false);
            return await call.ResponseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records what people did. The events are on the disk when this completes, and count with the next list.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="events">The events, in any order; those that were sent before count once.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: something of the request is wrong, and the message says what; <see cref="ErrorCode.NotFound"/>: the app has no such
    /// catalogue or item; <see cref="ErrorCode.ResourceExhausted"/>: a limit is reached; <see cref="ErrorCode.DeadlineExceeded"/>; <see cref="ErrorCode.Unavailable"/>: the host went away.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<RecordResponse> RecordAsync(string catalog, IReadOnlyList<UserEvent> events, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RecordRequest, RecordResponse>(RecommendationMethods.Record, new RecordRequest { Catalog = catalog, Events = events }, options, cancellationToken);

    /// <summary>Makes a list for a person.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="user">The app's name of the person.</param>
    /// <param name="count">How many items.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<RecommendResponse> RecommendAsync(string catalog, string user, int count = 10, CallOptions? options = null, CancellationToken cancellationToken = default)
        => RecommendAsync(new RecommendRequest { Catalog = catalog, User = user, Count = count }, options, cancellationToken);

    /// <summary>Makes a list for a person, with all that can be asked for.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<RecommendResponse> RecommendAsync(RecommendRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RecommendRequest, RecommendResponse>(RecommendationMethods.Recommend, request, options, cancellationToken);

    /// <summary>Puts the app's own list into the order that suits a person.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<RecommendResponse> RankAsync(RankRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RankRequest, RecommendResponse>(RecommendationMethods.Rank, request, options, cancellationToken);

    /// <summary>Finds items that go with an item.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<RecommendResponse> FindSimilarAsync(SimilarRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<SimilarRequest, RecommendResponse>(RecommendationMethods.Similar, request, options, cancellationToken);

    /// <summary>Builds the models anew and completes when they include every event.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<BuildResponse> BuildAsync(BuildRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<BuildRequest, BuildResponse>(RecommendationMethods.Build, request, options, cancellationToken);

    /// <summary>Says why an item has its score for a person.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<ExplainResponse> ExplainAsync(ExplainRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ExplainRequest, ExplainResponse>(RecommendationMethods.Explain, request, options, cancellationToken);

    /// <summary>Deletes for good, and completes when the models are built without it.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<ForgetResponse> ForgetAsync(ForgetRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ForgetRequest, ForgetResponse>(RecommendationMethods.Forget, request, options, cancellationToken);

    /// <summary>Measures the models on the catalogue's own events.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<EvaluateResponse> EvaluateAsync(EvaluateRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<EvaluateRequest, EvaluateResponse>(RecommendationMethods.Evaluate, request, options, cancellationToken);

    /// <summary>Gives everything that a catalogue holds, or what it holds of one user, as lines of JSON.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too; so does leaving the loop early.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public IAsyncEnumerable<ExportChunk> ExportAsync(ExportRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.StreamAsync<ExportRequest, ExportChunk>(RecommendationMethods.Export, request, options, cancellationToken);

    /// <summary>The state of a catalogue.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <inheritdoc cref="RecordAsync" path="/exception"/>
    public ValueTask<CatalogStatus> GetStatusAsync(string catalog, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<CatalogRequest, CatalogStatus>(RecommendationMethods.Status, new CatalogRequest { Catalog = catalog }, options, cancellationToken);

    /// <summary>Makes the models serve that served before.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="options">Deadline, priority, explanation.</param>
    /// <param name="cancellationToken">Cancels the call on the host, too.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: there is no version before; else as <see cref="RecordAsync"/> says.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<CatalogStatus> RollBackAsync(string catalog, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<CatalogRequest, CatalogStatus>(RecommendationMethods.RollBack, new CatalogRequest { Catalog = catalog }, options, cancellationToken);
}
