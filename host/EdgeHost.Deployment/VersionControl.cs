using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Deployment;

/// <summary>Moves versions: promotes, rolls back, and says how they do. Thread-safe. A version is loaded before calls get it, so that a switch fails no call.</summary>
public sealed class VersionControl
{
    private readonly VersionStore _store;
    private readonly IModelPool _pool;
    private readonly TrialBook _trials;
    private readonly IVersionFeedback? _feedback;
    private readonly IDecisionLog _decisions;
    private readonly DeploymentMeter _meter;
    private readonly ILogger<VersionControl> _logger;

    internal VersionControl(
        VersionStore store, IModelPool pool, TrialBook trials, IVersionFeedback? feedback, IDecisionLog decisions, DeploymentMeter meter, ILogger<VersionControl> logger)
    {
        _store = store;
        _pool = pool;
        _trials = trials;
        _feedback = feedback;
        _decisions = decisions;
        _meter = meter;
        _logger = logger;
    }

    /// <summary>Promotes a version.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="version">The version; null for the one that is tried, else the newest that is stored.</param>
    /// <param name="to"><see cref="VersionState.Shadow"/>, <see cref="VersionState.Canary"/> or <see cref="VersionState.Current"/>.</param>
    /// <param name="force">Whether to make it the current one though its gate has not passed. Its files are checked all the same.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Stops before the move.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such version; <see cref="ErrorCode.FailedPrecondition"/>: it may not go there, its gate has
    /// not passed (with the figures), or it does not load; <see cref="ErrorCode.Aborted"/>: it has moved meanwhile.</exception>
    public async Task<ModelVersion> PromoteAsync(
        string model, VersionScope scope, string? version, VersionState to, bool force, VersionActor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (to is VersionState.Stored or VersionState.Retired) throw new EdgeHostException(ErrorCode.InvalidArgument, "A version is promoted to shadow, canary or current.");
        var found = await FindAsync(model, scope, version, static all => all.Find(static known => known.IsCandidate) ?? all.Find(static known => known.State == VersionState.Stored), cancellationToken)
            .ConfigureAwait(false);
        var trial = _trials.Of(found);
        var figures = trial?.Figures(await FeedbackAsync(cancellationToken).ConfigureAwait(false));
        if (to == VersionState.Current && !force) CheckGate(found, trial, figures);
        if (found.State == VersionState.Current) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"{found.Name} serves already.");
        await PrepareAsync(found, cancellationToken).ConfigureAwait(false);
        var reason = force ? "asked for, whatever its gate says" : "asked for";
        return await MoveAsync(found, to, actor, reason, figures, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a version back: the one that it replaced serves again, or the shipped one. A version that is only tried is retired.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="version">The version; null for the one that serves, else the one that is tried.</param>
    /// <param name="reason">Why, for the history; null for nothing more than that it was asked for.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Stops before the move.</param>
    /// <returns>What was taken back, and what serves now in this scope; null for the shipped version, or none.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such version; <see cref="ErrorCode.FailedPrecondition"/>: there is nothing to take back;
    /// <see cref="ErrorCode.Aborted"/>: it has moved meanwhile.</exception>
    public async Task<(ModelVersion From, ModelVersion? To)> RollBackAsync(
        string model, VersionScope scope, string? version, string? reason, VersionActor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        var found = await FindAsync(model, scope, version, static all => all.Find(static known => known.State == VersionState.Current) ?? all.Find(static known => known.IsCandidate), cancellationToken)
            .ConfigureAwait(false);
        var figures = _trials.Of(found)?.Figures(await FeedbackAsync(cancellationToken).ConfigureAwait(false));
        return (found, await TakeBackAsync(found, actor, reason is null ? "asked for" : $"asked for: {reason}", figures, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Deletes every version of an app for good; calls that use one end with it.</summary>
    /// <param name="scope">The app.</param>
    /// <param name="cancellationToken">Stops before anything is deleted.</param>
    /// <returns>How many models had versions.</returns>
    /// <inheritdoc cref="IVersionStore.ForgetAsync" path="/exception"/>
    public async Task<int> ForgetAsync(VersionScope scope, CancellationToken cancellationToken)
    {
        var gone = await _store.ForgetAsync(scope, cancellationToken).ConfigureAwait(false);
        foreach (var version in gone.Where(static version => version.HasFiles))
        {
            await _pool.EvictAsync(version.Name, "its app's versions were deleted", CancellationToken.None).ConfigureAwait(false);
        }

        return gone.Select(static version => version.Model).Distinct(StringComparer.Ordinal).Count();
    }

    /// <summary>What a version that is tried or watched has shown; null where it is neither.</summary>
    public async Task<GateFigures?> FiguresAsync(ModelVersion version, CancellationToken cancellationToken)
        => _trials.Of(version)?.Figures(await FeedbackAsync(cancellationToken).ConfigureAwait(false));

    internal async Task<IReadOnlyDictionary<string, FeedbackCount>> FeedbackAsync(CancellationToken cancellationToken)
        => _feedback is null ? new Dictionary<string, FeedbackCount>() : await _feedback.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Moves a version one way or the other, and tells everybody.</summary>
    internal async Task<ModelVersion> MoveAsync(
        ModelVersion version, VersionState to, VersionActor actor, string reason, GateFigures? figures, CancellationToken cancellationToken)
    {
        var baseline = to == VersionState.Current ? _trials.Of(version)?.Other.Record : null;
        var moved = await _store.MoveAsync(version, to, actor, reason, figures, baseline, cancellationToken).ConfigureAwait(false);
        Tell(version, to, actor, reason);
        return moved;
    }

    /// <summary>Retires a version; where it served, the one before it serves again.</summary>
    internal async Task<ModelVersion?> TakeBackAsync(ModelVersion version, VersionActor actor, string reason, GateFigures? figures, CancellationToken cancellationToken)
    {
        if (version.State != VersionState.Current)
        {
            await MoveAsync(version, VersionState.Retired, actor, reason, figures, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var before = await _store.RollBackAsync(version, actor, reason, figures, cancellationToken).ConfigureAwait(false);
        Tell(version, VersionState.Retired, actor, reason);
        return before;
    }

    /// <summary>Loads a version that calls are about to get.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it does not load.</exception>
    internal async Task PrepareAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        if (!version.HasFiles) return;
        var scope = new CallScope { PluginId = "host", App = AppIdentity.Host, CancellationToken = cancellationToken };
        try
        {
            using var lease = await _pool.ForCall(scope).LeaseAsync(version.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.InvalidArgument or ErrorCode.DataLoss or ErrorCode.Internal)
        {
            // One that is tried is out with the next look at it.
            if (version.IsCandidate && _trials.Of(version) is { } trial) trial.LoadFailure = e.Message;
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"{version.Name} was not promoted, because it does not load: {e.Message}", e);
        }
        finally
        {
            scope.ReclaimLeases();
        }
    }

    private static void CheckGate(ModelVersion version, Trial? trial, GateFigures? figures)
    {
        var verdict = trial is null || figures is null || version.State != VersionState.Canary ? null : Gate.Judge(trial.Rule, figures);
        if (verdict?.Outcome == GateOutcome.Passed) return;
        var why = verdict?.Reason ?? (version.State == VersionState.Shadow ? "it is still in shadow" : "it has not been tried");
        throw new EdgeHostException(
            ErrorCode.FailedPrecondition,
            $"The gate of {version.Name} has not passed: {why}. Promote it to shadow or canary and wait, or promote it with force.");
    }

    private async Task<ModelVersion> FindAsync(
        string model, VersionScope scope, string? version, Func<List<ModelVersion>, ModelVersion?> usual, CancellationToken cancellationToken)
    {
        // Another process may have added it.
        await _store.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var all = (await _store.ListAsync(model, scope, cancellationToken).ConfigureAwait(false)).ToList();
        if (all.Count == 0) throw new EdgeHostException(ErrorCode.NotFound, $"There is no version of '{model}' for {scope} that was made here.");
        if (version is not null)
        {
            return all.Find(known => known.Version == version)
                ?? throw new EdgeHostException(ErrorCode.NotFound, $"There is no version '{version}' of '{model}' for {scope}; the newest are {string.Join(", ", all.Take(5).Select(static known => known.Version))}.");
        }

        return usual(all) ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"No version of '{model}' for {scope} comes into question; name one. 'edgehost models versions {model}' lists them.");
    }

    private void Tell(ModelVersion version, VersionState to, VersionActor actor, string reason)
    {
        _meter.Moved(to, actor);
        var text = $"{version.Name} for {version.Scope} went from {version.State.ToString().ToLowerInvariant()} to {to.ToString().ToLowerInvariant()}: {reason}";
        _decisions.Add(DecisionKind.Version, version.Name, version.Scope.App, text);
        _logger.LogInformation("{Decision}", text);
        if (to != VersionState.Retired) return;

        // Its memory goes with the last run on it; nobody waits for that.
        _ = _pool.EvictAsync(version.Name, "its version was retired", CancellationToken.None).AsTask();
    }
}
