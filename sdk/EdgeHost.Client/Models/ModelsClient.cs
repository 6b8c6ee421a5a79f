using EdgeHost.Capabilities.Models;

namespace EdgeHost.Client.Models;

/// <summary>
/// The models of the device: which there are, how to get them, check them, remove them and keep them in memory. Thread-safe; obtained from
/// <see cref="EdgeHostClient.Models"/>.
/// </summary>
public sealed class ModelsClient
{
    private readonly EdgeHostClient _client;

    internal ModelsClient(EdgeHostClient client) => _client = client;

    /// <summary>Lists the models that the host knows, sorted by id and version.</summary>
    /// <param name="task">Only models for this task, for example <c>text_recognition</c>, at most 128 characters; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<ListModelsResponse> ListAsync(string? task = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ListModelsRequest, ListModelsResponse>(ModelMethods.List, new ListModelsRequest { Task = task }, options: null, cancellationToken);

    /// <summary>
    /// Gets a model's files onto the device and tells how far it is; the model is installed when the enumeration ends. What is there already is not got again, and a
    /// pull that was stopped goes on where it was.
    /// </summary>
    /// <param name="model"><c>id</c> or <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops the pull.</param>
    /// <returns>The progress, some items a second. The pull begins with the enumeration; leaving it early stops it.</returns>
    /// <exception cref="EdgeHostException">While enumerating: <see cref="ErrorCode.NotFound"/>: no such model; <see cref="ErrorCode.FailedPrecondition"/>: a person must accept
    /// its licence first; <see cref="ErrorCode.DataLoss"/>: the bytes are not those of the manifest; <see cref="ErrorCode.ResourceExhausted"/>: the disk or its quota is
    /// full; or as for any call.</exception>
    public IAsyncEnumerable<PullProgress> PullAsync(string model, CancellationToken cancellationToken = default)
        => PullAsync(new PullModelsRequest { Models = [model] }, cancellationToken);

    /// <summary>Gets the files of several models, or from a mirror, or under a licence that was accepted.</summary>
    /// <param name="request">Which, and how.</param>
    /// <param name="cancellationToken">Stops the pull.</param>
    /// <inheritdoc cref="PullAsync(string, CancellationToken)"/>
    public IAsyncEnumerable<PullProgress> PullAsync(PullModelsRequest request, CancellationToken cancellationToken = default)
        => _client.StreamAsync<PullModelsRequest, PullProgress>(ModelMethods.Pull, request, options: null, cancellationToken);

    /// <summary>Reads the files of installed models and compares their hashes.</summary>
    /// <param name="model"><c>id</c> or <c>id@version</c>; null for all that are installed.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such model; or as for any call.</exception>
    public ValueTask<VerifyModelResponse> VerifyAsync(string? model = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<VerifyModelRequest, VerifyModelResponse>(ModelMethods.Verify, new VerifyModelRequest { Model = model }, options: null, cancellationToken);

    /// <summary>Takes a model off the device; files that others share stay.</summary>
    /// <param name="model"><c>id</c> or <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such model; or as for any call.</exception>
    public ValueTask<RemoveModelResponse> RemoveAsync(string model, CancellationToken cancellationToken = default)
        => _client.CallAsync<RemoveModelRequest, RemoveModelResponse>(ModelMethods.Remove, new RemoveModelRequest { Model = model }, options: null, cancellationToken);

    /// <summary>Loads a model and keeps it in memory until <see cref="UnpinAsync"/> or the end of the host, on this app's account.</summary>
    /// <param name="model"><c>id</c> (the pin moves on with a new version) or <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops waiting for the load; the pin is then not held.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model is not on the device;
    /// <see cref="ErrorCode.ResourceExhausted"/>: it does not fit beside what is pinned; or as for any call.</exception>
    public ValueTask<PinModelResponse> PinAsync(string model, CancellationToken cancellationToken = default)
        => _client.CallAsync<PinModelRequest, PinModelResponse>(ModelMethods.Pin, new PinModelRequest { Model = model }, options: null, cancellationToken);

    /// <summary>Takes this app's pin back; the model stays until its memory is needed.</summary>
    /// <param name="model">As it was named when it was pinned.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<UnpinModelResponse> UnpinAsync(string model, CancellationToken cancellationToken = default)
        => _client.CallAsync<UnpinModelRequest, UnpinModelResponse>(ModelMethods.Unpin, new UnpinModelRequest { Model = model }, options: null, cancellationToken);

    /// <summary>Lists the versions that were made on the device for this app, the newest of each model first, with where they are and what they have shown.</summary>
    /// <param name="model">Only of this model; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<ListVersionsResponse> ListVersionsAsync(string? model = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ListVersionsRequest, ListVersionsResponse>(ModelMethods.Versions, new ListVersionsRequest { Model = model }, options: null, cancellationToken);

    /// <summary>Lets a version go on: to shadow, as a canary, or to serve. It is loaded first, so that the switch fails no call.</summary>
    /// <param name="request">Which, and where to.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such version; <see cref="ErrorCode.FailedPrecondition"/>: its gate has not passed, with the
    /// figures, or it does not load; <see cref="ErrorCode.Aborted"/>: it moved meanwhile; or as for any call.</exception>
    public ValueTask<PromoteModelResponse> PromoteAsync(PromoteModelRequest request, CancellationToken cancellationToken = default)
        => _client.CallAsync<PromoteModelRequest, PromoteModelResponse>(ModelMethods.Promote, request, options: null, cancellationToken);

    /// <summary>Takes a version back: the one that it replaced serves again, or the shipped one. No call fails.</summary>
    /// <param name="request">Which, and why.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such version; <see cref="ErrorCode.FailedPrecondition"/>: there is nothing to take back;
    /// or as for any call.</exception>
    public ValueTask<RollBackModelResponse> RollBackAsync(RollBackModelRequest request, CancellationToken cancellationToken = default)
        => _client.CallAsync<RollBackModelRequest, RollBackModelResponse>(ModelMethods.RollBack, request, options: null, cancellationToken);

    /// <summary>Tells what was decided about this app's versions, by whom, why, and on which figures; the newest first.</summary>
    /// <param name="model">Only of this model; null for all.</param>
    /// <param name="limit">How many at most, 1 to 1000.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<ModelHistoryResponse> GetHistoryAsync(string? model = null, int limit = 100, CancellationToken cancellationToken = default)
        => _client.CallAsync<ModelHistoryRequest, ModelHistoryResponse>(
            ModelMethods.History, new ModelHistoryRequest { Model = model, Limit = limit }, options: null, cancellationToken);
}
