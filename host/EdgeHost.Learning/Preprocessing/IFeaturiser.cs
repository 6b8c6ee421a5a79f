namespace EdgeHost.Learning.Preprocessing;

/// <summary>Runs a model that does not change over samples; given by whoever has an engine. Deterministic and thread-safe.</summary>
public interface IFeaturiser
{
    /// <summary>Gives a sample's features.</summary>
    /// <param name="model">The model, as <c>id@version</c>.</param>
    /// <param name="sample">What the steps before have made of the example.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<float[]> FeaturiseAsync(string model, PreparedSample sample, CancellationToken cancellationToken);
}
