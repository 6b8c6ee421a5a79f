namespace EdgeHost.Runtime.Models;

/// <summary>
/// Says which version of a model a call gets where there are versions besides those of <see cref="IModelSource"/>: made on this device, on trial, for one app.
/// Thread-safe. A host without one has the source's versions alone.
/// </summary>
public interface IModelVersions
{
    /// <summary>Chooses for one call; the pool asks once a call and model, so that a call never mixes versions.</summary>
    /// <param name="model"><c>id</c>, or <c>id@version</c> for exactly that one.</param>
    /// <param name="app">Who calls; <see cref="AppIdentity.Host"/> for the host's own work, which may name the versions of every app.</param>
    /// <param name="call">A number that is spread evenly over calls, for shares.</param>
    /// <param name="cancellationToken">Stops the choice.</param>
    /// <returns>The choice, or null where the source alone decides and nobody watches.</returns>
    ValueTask<VersionChoice?> ChooseAsync(string model, AppIdentity app, ulong call, CancellationToken cancellationToken);
}
