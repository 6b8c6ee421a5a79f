namespace EdgeHost.Jobs.Results;

/// <summary>Takes the models that jobs make. Thread-safe.</summary>
public interface ITrainedModelSink
{
    /// <summary>Takes a model: its folder is the taker's then.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Stops waiting; the model is then not taken.</param>
    /// <returns>The version that it got.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the disk is full, or the app has too many models.</exception>
    Task<string> AddAsync(TrainedModel model, CancellationToken cancellationToken);
}
