using EdgeHost.Learning.Preprocessing;

namespace EdgeHost.Jobs;

/// <summary>Runs models over the examples of jobs, as work of the job's app. Thread-safe.</summary>
public interface IJobFeaturisers
{
    /// <summary>One that works for an app, as training does: when nothing else is to be done, and charged to the app.</summary>
    IFeaturiser Of(AppIdentity app);

    /// <summary>Checks, without loading anything, that an app may use a model.</summary>
    /// <param name="app">The app.</param>
    /// <param name="model">The model as <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/> or <see cref="ErrorCode.NotFound"/>: it may not, or there is none.</exception>
    ValueTask CheckAsync(AppIdentity app, string model, CancellationToken cancellationToken);
}
