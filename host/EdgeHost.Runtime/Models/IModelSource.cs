using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Models;

/// <summary>Where the pool finds models: the store, or a test. Thread-safe.</summary>
public interface IModelSource
{
    /// <summary>Finds a model and checks that its files are on the device and unaltered.</summary>
    /// <param name="model"><c>id</c> for the current version or <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: unknown; <see cref="ErrorCode.FailedPrecondition"/>: not
    /// pulled, with the command that does; <see cref="ErrorCode.DataLoss"/>: a file's hash differs, naming both.</exception>
    ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken);

    /// <summary>
    /// The task of a model, on the device or not. Asked at every lease of a model that its plugin does not name, so it is answered from memory. A source
    /// that does not say knows none.
    /// </summary>
    /// <param name="model"><c>id</c> or <c>id@version</c>; all versions of an id have one task.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>The task, or null where the model is not known.</returns>
    ValueTask<string?> FindTaskAsync(string model, CancellationToken cancellationToken) => default;

    /// <summary>The models of a task in the order of <see cref="AvailableModelOrder"/>. A source that does not say has none.</summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>A list that does not change any more: plugins get it as it is.</returns>
    ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new([]);
}
