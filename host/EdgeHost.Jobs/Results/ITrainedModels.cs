using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Results;

/// <summary>Finds the models that apps have trained. Thread-safe.</summary>
public interface ITrainedModels
{
    /// <summary>The version of a model that serves, or a given one; null where there is none.</summary>
    /// <param name="owner">The app.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version; null for the one that serves.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<TrainedModelFiles?> FindAsync(ExampleOwner owner, string name, string? version, CancellationToken cancellationToken);
}
