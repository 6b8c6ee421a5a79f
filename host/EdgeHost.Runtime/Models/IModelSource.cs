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
}
