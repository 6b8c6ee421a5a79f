using EdgeHost.Capabilities.Training;

namespace EdgeHost.Client.Training;

/// <summary>
/// The app's examples on this device, which models learn from, and the models that it trains: private to the app, recorded with the consent of the device's owner. Thread-safe; obtained from
/// <see cref="EdgeHostClient.Training"/>.
/// </summary>
public sealed class TrainingClient
{
    private readonly EdgeHostClient _client;

    internal TrainingClient(EdgeHostClient client) => _client = client;

    /// <summary>Records examples: all of them or none. What was answered is on the disk. Recording the same again does no harm.</summary>
    /// <param name="request">Dataset, purpose, kind and examples.</param>
    /// <param name="options">Deadline, priority and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: the owner has not consented, the message says how; <see cref="ErrorCode.InvalidArgument"/>: an
    /// example is wrong; <see cref="ErrorCode.FailedPrecondition"/>: the dataset is of another kind, purpose or split; <see cref="ErrorCode.ResourceExhausted"/>: a quota or the disk
    /// is full; <see cref="ErrorCode.DataLoss"/>: the store is damaged; or as for any call.</exception>
    public ValueTask<RecordExamplesResponse> RecordAsync(RecordExamplesRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<RecordExamplesRequest, RecordExamplesResponse>(TrainingMethods.Record, request, options, cancellationToken);

    /// <summary>Lists the app's datasets, and what it may still record.</summary>
    /// <param name="dataset">One alone; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<ListDatasetsResponse> ListDatasetsAsync(string? dataset = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<ListDatasetsRequest, ListDatasetsResponse>(TrainingMethods.Datasets, new ListDatasetsRequest { Dataset = dataset }, options: null, cancellationToken);

    /// <summary>Deletes the app's examples for good: of a dataset, for a purpose, or everything.</summary>
    /// <param name="request">Which: exactly one of its fields.</param>
    /// <param name="cancellationToken">Stops; what was deleted by then is gone.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not exactly one field; or as for any call.</exception>
    public ValueTask<DeleteExamplesResponse> DeleteAsync(DeleteExamplesRequest request, CancellationToken cancellationToken = default)
        => _client.CallAsync<DeleteExamplesRequest, DeleteExamplesResponse>(TrainingMethods.Delete, request, options: null, cancellationToken);

    /// <summary>Says how good an answer was. What would have been right joins the app's examples if the owner has consented to the purpose <c>feedback</c>.</summary>
    /// <param name="request">The call (<see cref="Protocol.CallInfo.CallId"/>, from <see cref="CallOptions.OnInfo"/>), and at least one of correct, label and rating.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such call of this app, or too long ago; <see cref="ErrorCode.InvalidArgument"/>: it says nothing; or as for any
    /// call.</exception>
    public ValueTask<FeedbackResponse> GiveFeedbackAsync(FeedbackRequest request, CancellationToken cancellationToken = default)
        => _client.CallAsync<FeedbackRequest, FeedbackResponse>(TrainingMethods.Feedback, request, options: null, cancellationToken);

    /// <summary>How confidence and inputs of models have changed since each version was new, and what feedback says.</summary>
    /// <param name="model">One model alone, as <c>id</c> or <c>id@version</c>; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<DriftResponse> GetDriftAsync(string? model = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<DriftRequest, DriftResponse>(TrainingMethods.Drift, new DriftRequest { Model = model }, options: null, cancellationToken);

    /// <summary>What the device's owner allows the app to record.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public ValueTask<ConsentResponse> GetConsentsAsync(CancellationToken cancellationToken = default)
        => _client.CallAsync<ConsentRequest, ConsentResponse>(TrainingMethods.Consent, new ConsentRequest(), options: null, cancellationToken);

    /// <summary>Gives a consent back.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="deleteExamples">Whether to delete the examples for it too.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: no purpose has such a name; or as for any call.</exception>
    public ValueTask<ConsentResponse> RevokeConsentAsync(string purpose, bool deleteExamples, CancellationToken cancellationToken = default)
        => _client.CallAsync<ConsentRequest, ConsentResponse>(
            TrainingMethods.Consent, new ConsentRequest { Revoke = purpose, DeleteExamples = deleteExamples }, options: null, cancellationToken);

    /// <summary>Asks for a training job. When it is answered the job is on the disk, and will be done whatever happens to the host.</summary>
    /// <param name="spec">What to train, as the text of a JSON object (docs/training-jobs.md).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the specification is wrong, the message says where; <see cref="ErrorCode.NotFound"/>: no such dataset;
    /// <see cref="ErrorCode.ResourceExhausted"/>: too many jobs wait; or as for any call.</exception>
    public async ValueTask<TrainingJob> StartAsync(string spec, CancellationToken cancellationToken = default)
        => (await _client.CallAsync<StartTrainingRequest, TrainingJobResponse>(TrainingMethods.Start, new StartTrainingRequest { Spec = spec }, options: null, cancellationToken).ConfigureAwait(false)).Job;

    /// <summary>Follows a job: as it is now, then each time it changes, to its end.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="cancellationToken">Stops following; the job goes on.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such job; or as for any call.</exception>
    public IAsyncEnumerable<TrainingProgress> WatchAsync(string job, CancellationToken cancellationToken = default)
        => _client.StreamAsync<TrainingJobRequest, TrainingProgress>(TrainingMethods.Status, new TrainingJobRequest { Job = job }, options: null, cancellationToken);

    /// <summary>Waits for the end of a job.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="cancellationToken">Stops waiting; the job goes on.</param>
    /// <returns>The job at its end, however it ended.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such job; or as for any call.</exception>
    public async ValueTask<TrainingJob> WaitAsync(string job, CancellationToken cancellationToken = default)
    {
        TrainingJob? last = null;
        await foreach (var progress in WatchAsync(job, cancellationToken).ConfigureAwait(false)) last = progress.Job;
        return last ?? throw new EdgeHostException(ErrorCode.Internal, $"The host said nothing of the job '{job}'.");
    }

    /// <summary>Ends a job; one that has ended stays as it is.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such job; or as for any call.</exception>
    public async ValueTask<TrainingJob> CancelAsync(string job, CancellationToken cancellationToken = default)
        => (await _client.CallAsync<TrainingJobRequest, TrainingJobResponse>(TrainingMethods.Cancel, new TrainingJobRequest { Job = job }, options: null, cancellationToken).ConfigureAwait(false)).Job;

    /// <summary>The app's jobs, the newest first.</summary>
    /// <param name="model">Those for one model alone; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As for any call.</exception>
    public async ValueTask<IReadOnlyList<TrainingJob>> ListJobsAsync(string? model = null, CancellationToken cancellationToken = default)
        => (await _client.CallAsync<ListTrainingJobsRequest, ListTrainingJobsResponse>(TrainingMethods.List, new ListTrainingJobsRequest { Model = model }, options: null, cancellationToken).ConfigureAwait(false)).Jobs;

    /// <summary>Asks a model that the app has trained. An answer to one input takes feedback.</summary>
    /// <param name="request">The model, and what to judge.</param>
    /// <param name="options">Deadline, priority, and <see cref="CallOptions.OnInfo"/> for the call's id; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such model; <see cref="ErrorCode.InvalidArgument"/>: an input is not what the model takes; or as for any
    /// call.</exception>
    public ValueTask<PredictResponse> PredictAsync(PredictRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
        => _client.CallAsync<PredictRequest, PredictResponse>(TrainingMethods.Predict, request, options, cancellationToken);
}
