using EdgeHost.Deployment.Shadow;
using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment.Serving;

/// <summary>
/// The one place where a call's model gets its version: the app's own, else the device's, else the shipped one; for a share of calls the canary. A version that was made
/// of another shipped version than the one that is there does not serve. Thread-safe; without versions it costs a look into an empty table.
/// </summary>
internal sealed class VersionChooser(
    VersionStore store, IModelSource source, TrialBook trials, ShadowQueue shadow, BrokenVersions broken, IOptions<DeploymentOptions> options, ILogger<VersionChooser> logger)
    : IModelVersions
{
    private readonly double _share = options.Value.CanaryShare;
    private readonly VersionArtifacts _files = new();
    private readonly bool _isAutomatic = options.Value.IsAutomatic;

    public ValueTask<VersionChoice?> ChooseAsync(string model, AppIdentity app, ulong call, CancellationToken cancellationToken)
    {
        return store.Known is { IsEmpty: true } ? default : FindAsync(model, app, call, cancellationToken);
    }

    private async ValueTask<VersionChoice?> FindAsync(string model, AppIdentity app, ulong call, CancellationToken cancellationToken)
    {
        ActiveVersions active;
        try
        {
            active = store.Known ?? await store.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e)
        {
            // Records that cannot be read must not stop anybody: the shipped version serves.
            logger.LogWarning("Versions cannot be read ({Problem}); shipped ones serve.", e.Message);
            return null;
        }

        var (id, version) = ModelNames.Split(model);
        if (!active.Has(id)) return null;
        if (version is not null) return VersionNumbers.IsLocal(version) ? await ExactAsync(active, id, version, app, cancellationToken).ConfigureAwait(false) : null;
        var scope = VersionScope.Of(app);
        var (ownCurrent, own) = (active.Current(id, scope), active.Candidate(id, scope));
        var current = ownCurrent ?? active.Current(id, VersionScope.Device);
        var candidate = own ?? (ownCurrent is null ? active.Candidate(id, VersionScope.Device) : null);
        if (current is null && candidate is null) return null;

        // What has failed too often is out at once; that it is rolled back follows.
        if (current is not null && trials.Of(current) is { } watch && IsOut(watch)) current = active.Before(current);
        var shipped = await ShippedAsync(id, cancellationToken).ConfigureAwait(false);
        if (current is not null && !IsOfShipped(current, shipped)) current = null;
        if (candidate is not null && !IsOfShipped(candidate, shipped)) candidate = null;
        await VerifyAsync(current).ConfigureAwait(false);
        await VerifyAsync(candidate).ConfigureAwait(false);
        return Choose(current, candidate, shipped, ModelNames.IsOfApp(id), call);
    }

    // The chain of what the call may get, the last first.
    private ServedVersion? Choose(ModelVersion? current, ModelVersion? candidate, ModelArtifact? shipped, bool isOfApp, ulong call)
    {
        var trial = candidate is null ? null : trials.Of(candidate);
        var queue = trial is { Version.State: VersionState.Shadow } && !IsOut(trial) ? shadow : null;
        ServedVersion? chosen = trial is null || isOfApp ? null : new ServedVersion(artifact: null, trial, isCandidate: false, queue, fallback: null);
        if (current is not null && ArtifactOf(current, shipped) is { } files)
        {
            var watch = trials.Of(current);
            chosen = trial is not null
                ? new ServedVersion(files, trial, isCandidate: false, queue, chosen) { Broken = error => broken.Add(current, error), IsLast = isOfApp }
                : new ServedVersion(files, watch, isCandidate: true, watch is null ? null : shadow, fallback: null) { Broken = error => broken.Add(current, error), IsLast = isOfApp };
        }

        var isCanary = trial is { Version.State: VersionState.Canary } && !IsOut(trial) && (call >> 11) * (1.0 / (1UL << 53)) < _share;
        return isCanary && ArtifactOf(candidate!, shipped) is { } own ? new ServedVersion(own, trial, isCandidate: true, shadow: null, chosen) : chosen;
    }

    private bool IsOut(Trial trial) => trial.LoadFailure is not null || (_isAutomatic && trial.IsOut);

    private async ValueTask<VersionChoice?> ExactAsync(ActiveVersions active, string id, string version, AppIdentity app, CancellationToken cancellationToken)
    {
        if (active.Exact(id, version, app) is not { } exact) return null;
        var shipped = await ShippedAsync(id, cancellationToken).ConfigureAwait(false);

        await VerifyAsync(exact).ConfigureAwait(false);

        // Whoever names a version wants that one or an error, so that there is no other to fall back on.
        return new ServedVersion(Files(exact, IsOfShipped(exact, shipped) ? shipped : null), trial: null, isCandidate: false, shadow: null, fallback: null) { IsLast = true };
    }

    // The first use hashes the graph: not on the thread of a call. What is wrong is found again, and told, where the files are taken.
    private ValueTask VerifyAsync(ModelVersion? version)
    {
        return version is null || store.Files.IsVerified(version.Folder) ? default : new ValueTask(Task.Run(() =>
        {
            try
            {
                store.Files.Verify(version.Folder, version.GraphSha256);
            }
            catch (EdgeHostException e)
            {
                logger.LogWarning("{Version}: {Problem}", version.Name, e.Message);
            }
        }));
    }

    private async ValueTask<ModelArtifact?> ShippedAsync(string id, CancellationToken cancellationToken)
    {
        if (ModelNames.IsOfApp(id)) return null;
        try
        {
            return await source.ResolveAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.NotFound or ErrorCode.FailedPrecondition or ErrorCode.DataLoss)
        {
            return null;
        }
    }

    private static bool IsOfShipped(ModelVersion version, ModelArtifact? shipped) => shipped is null || version.Base == shipped.Version;

    private ModelArtifact? ArtifactOf(ModelVersion version, ModelArtifact? shipped)
    {
        try
        {
            return Files(version, shipped);
        }
        catch (EdgeHostException e)
        {
            if (trials.Of(version) is { } trial) trial.LoadFailure = e.Message;
            else broken.Add(version, e);
            return null;
        }
    }

    private ModelArtifact Files(ModelVersion version, ModelArtifact? shipped) => _files.Of(version, store.Files.Verify(version.Folder, version.GraphSha256), shipped);
}
