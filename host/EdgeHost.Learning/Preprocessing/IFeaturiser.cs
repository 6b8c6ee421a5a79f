namespace EdgeHost.Learning.Preprocessing;

/// <summary>Runs models that do not change over samples, on somebody's account; given by whoever has an engine. Deterministic and thread-safe.</summary>
public interface IFeaturiser
{
    /// <summary>Gives a sample's features.</summary>
    /// <param name="request">The model, and what the steps before have made of the example.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/> and <see cref="ErrorCode.NotFound"/>: there is no such model for whom it works; <see cref="ErrorCode.FailedPrecondition"/>:
    /// the model does not take what it gets, with both shapes; or as for any run of a model.</exception>
    ValueTask<float[]> FeaturiseAsync(FeatureRequest request, CancellationToken cancellationToken);
}
