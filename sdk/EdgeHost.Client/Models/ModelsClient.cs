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
}
