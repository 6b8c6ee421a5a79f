using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Personal;

/// <summary>Finds shipped models, of which apps may have versions of their own. Thread-safe.</summary>
public interface IShippedModels
{
    /// <summary>The version of a shipped model that an app gets, or a given one.</summary>
    /// <param name="owner">The app.</param>
    /// <param name="model">The model's id.</param>
    /// <param name="version">The version; null for the one that serves the app.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such model, or not of that version; <see cref="ErrorCode.FailedPrecondition"/>: it is not on the device;
    /// <see cref="ErrorCode.DataLoss"/>: its files are damaged.</exception>
    ValueTask<ShippedModel> FindAsync(ExampleOwner owner, string model, string? version, CancellationToken cancellationToken);
}
