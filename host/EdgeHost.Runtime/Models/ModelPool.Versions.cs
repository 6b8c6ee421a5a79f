using EdgeHost.Runtime.Decisions;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>
/// New versions. A lease of an id gets the version that serves; when the store names another one, that is loaded beside it in the background, takes over in one
/// step, and the old one leaves with its last lease. Where both do not fit, the new one is loaded once the old one is idle. One that fails to load leaves the
/// old one serving and is tried again after growing pauses. Leases of <c>id@version</c> have no part in this.
/// </content>
internal sealed partial class ModelPool
{
    private readonly Dictionary<string, VersionSwitch> _versions = new(StringComparer.Ordinal);

    /// <summary>A reference to the version of the id that serves now.</summary>
    private async ValueTask<Acquired> AcquireCurrentAsync(CallScope scope, ModelArtifact wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var chosen = ChooseVersion(scope, wanted);
            var acquired = await AcquireCurrentAsync(scope, wanted, chosen, cancellationToken).ConfigureAwait(false);

            // Null: another version took over between the choice and the load. Each turn takes one more of these.
            if (acquired is { } found) return found;
        }
    }

    private async ValueTask<Acquired?> AcquireCurrentAsync(CallScope scope, ModelArtifact wanted, ModelArtifact chosen, CancellationToken cancellationToken)
    {
        var room = new VersionRoom(Spared: null, Replaced: null, IsForCurrent: true);
        try
        {
            var acquired = await AcquireAsync(scope, chosen, room, excluded: null, cancellationToken).ConfigureAwait(false);
            if (chosen == wanted && acquired is not null) Serves(chosen);
            return acquired;
        }
        catch (EdgeHostException e) when (chosen == wanted && IsOfTheModel(e) && OlderVersion(wanted) is not null)
        {
            // The old version had left and the new one does not load: the old one is better than nothing.
            var older = OlderVersion(wanted);
            TakeOverFailed(wanted, e);
            try
            {
                if (older is not null) return await AcquireAsync(scope, older, room, excluded: null, cancellationToken).ConfigureAwait(false);
            }
            catch (EdgeHostException second)
            {
                _logger.LogWarning("{Model} {Version} cannot stand in for its new version: {Message}", wanted.Id, older?.Version, second.Message);
            }

            throw;
        }
    }

    private static bool IsOfTheModel(EdgeHostException e)
        => e.Code is ErrorCode.InvalidArgument or ErrorCode.DataLoss or ErrorCode.Internal or ErrorCode.ResourceExhausted;

    private ModelArtifact ChooseVersion(CallScope scope, ModelArtifact wanted)
    {
        var effects = default(PoolEffects);
        VersionSwitch? start = null;
        ModelArtifact chosen;
        lock (_gate)
        {
            if (!_versions.TryGetValue(wanted.Id, out var state)) return wanted;
            if (state.Serving.Version == wanted.Version)
            {
                // Perhaps the store went back to it.
                if (state.Next is not null) state.Clear();
                return wanted;
            }

            state.Expect(wanted, scope.App);
            var mayTry = !state.IsLoading && _time.GetUtcNow() >= state.RetryAt;
            if (IsResident(wanted))
            {
                TakeOver(state, wanted, ref effects);
                chosen = wanted;
            }
            else if (!IsResident(state.Serving))
            {
                chosen = mayTry || state.Failures == 0 || IsComing(wanted) ? wanted : state.Serving;
            }
            else
            {
                chosen = state.Serving;
                if (mayTry && !state.WaitsForIdle)
                {
                    state.IsLoading = true;
                    start = state;
                }
            }
        }

        CarryOut(effects);
        if (start is not null) StartTakeOver(start, mayReplace: false);
        return chosen;
    }

    // The caller has set IsLoading under the lock: one attempt at a time.
    private void StartTakeOver(VersionSwitch state, bool mayReplace)
        => _background.Start("Taking over a version", () => TakeOverAsync(state, mayReplace));

    private async Task TakeOverAsync(VersionSwitch state, bool mayReplace)
    {
        try
        {
            await TryTakeOverAsync(state, mayReplace).ConfigureAwait(false);
        }
        catch
        {
            // Nobody foresaw this; the owner of the task logs it. The next lease may try again.
            lock (_gate)
            {
                state.IsLoading = false;
            }

            throw;
        }
    }

    private async Task TryTakeOverAsync(VersionSwitch state, bool mayReplace)
    {
        while (true)
        {
            ModelArtifact? next;
            ModelArtifact serving;
            AppIdentity? app;
            lock (_gate)
            {
                (next, serving, app) = (state.Next, state.Serving, state.App);
                if (next is null || app is null || _isDisposed)
                {
                    state.IsLoading = false;
                    return;
                }
            }

            var room = mayReplace ? new VersionRoom(Spared: null, Replaced: serving) : new VersionRoom(Spared: serving, Replaced: null);
            try
            {
                var account = new CallScope { PluginId = "host", App = app };
                var acquired = await AcquireExactAsync(account, next, room, excluded: null, CancellationToken.None).ConfigureAwait(false);
                var effects = default(PoolEffects);
                lock (_gate)
                {
                    state.IsLoading = false;
                    if (state.Next == next) TakeOver(state, next, ref effects);
                }

                CarryOut(effects);
                Release(acquired.Entry);
                return;
            }
            catch (EdgeHostException e) when (IsOverBudget(e))
            {
                bool isIdle;
                lock (_gate)
                {
                    isIdle = _entries.Values.Where(new VersionRoom(Spared: serving, Replaced: null).Spares).All(entry => entry.IsIdle);
                    if (!isIdle) (state.IsLoading, state.WaitsForIdle) = (false, true);
                }

                if (isIdle && !mayReplace)
                {
                    mayReplace = true;
                    continue;
                }

                if (isIdle) TakeOverFailed(next, e);
                else _decisions.Add(DecisionKind.Version, $"{next.Id}@{next.Version}", app: null, $"{next.Id}@{next.Version} waits until {serving.Version} is idle: {e.Message}");
                return;
            }
            catch (EdgeHostException e)
            {
                TakeOverFailed(next, e);
                return;
            }
        }
    }

    private void TakeOverFailed(ModelArtifact next, EdgeHostException error)
    {
        TimeSpan pause;
        ModelArtifact serving;
        lock (_gate)
        {
            if (!_versions.TryGetValue(next.Id, out var state)) return;
            state.IsLoading = false;
            if (state.Next?.Version != next.Version) return;
            state.Failures++;
            pause = FailurePause(state.Failures);
            state.RetryAt = _time.GetUtcNow() + pause;
            serving = state.Serving;
        }

        var text = $"{next.Id}@{next.Version} was not taken over ({error.Message}); {serving.Version} goes on serving, and "
            + $"the new version is tried again in {pause.TotalSeconds:0.#} s at the earliest.";
        _logger.LogWarning("{Decision}", text);
        _decisions.Add(DecisionKind.Version, $"{next.Id}@{next.Version}", app: null, text);
    }

    // Under the lock. From here on new leases of the id get the new version.
    private void TakeOver(VersionSwitch state, ModelArtifact next, ref PoolEffects effects)
    {
        var old = state.Serving;
        state.Serving = next;
        state.Clear();
        var reason = $"version {next.Version} took over";
        foreach (var entry in EntriesOf(old).ToArray())
        {
            // Whoever pinned exactly that version keeps it.
            if (!_pins.ContainsKey(entry.Name)) Leave(entry, reason, ref effects);
            else DetachPins(entry);
        }

        foreach (var entry in _entries.Values.Where(entry => entry.Key.Id == next.Id && entry.State == ModelState.Resident))
        {
            AttachPins(entry);
        }

        effects.Decide(
            DecisionKind.Version, $"{next.Id}@{next.Version}", app: null, $"{next.Id}@{next.Version} took over from {old.Version}: "
                + "new leases get it, the old one leaves with its last lease.");
    }

    // A lease of the id was served by this version.
    private void Serves(ModelArtifact artifact)
    {
        var effects = default(PoolEffects);
        lock (_gate)
        {
            if (!_versions.TryGetValue(artifact.Id, out var state))
            {
                if (_versions.Count >= HistoryLimit) ForgetSomeVersion();
                if (_versions.Count < HistoryLimit) _versions.Add(artifact.Id, new VersionSwitch(artifact));
            }
            else if (state.Serving.Version != artifact.Version)
            {
                TakeOver(state, artifact, ref effects);
            }
            else
            {
                state.Serving = artifact;
            }
        }

        CarryOut(effects);
    }

    // Under the lock.
    private void ForgetSomeVersion()
    {
        foreach (var (id, state) in _versions)
        {
            if (state.IsLoading || IsResident(state.Serving)) continue;
            _versions.Remove(id);
            return;
        }
    }

    // Under the lock. The files of the model change or go.
    private void ForgetVersion(string model)
    {
        var at = model.IndexOf('@', StringComparison.Ordinal);
        var id = at < 0 ? model : model[..at];
        if (!_versions.TryGetValue(id, out var state)) return;
        if (at < 0 || model[(at + 1)..] == state.Serving.Version) _versions.Remove(id);
        else if (state.Next?.Version == model[(at + 1)..]) (state.Failures, state.RetryAt) = (0, default);
    }

    private ModelArtifact? OlderVersion(ModelArtifact wanted)
    {
        lock (_gate)
        {
            return _versions.TryGetValue(wanted.Id, out var state) && state.Serving.Version != wanted.Version ? state.Serving : null;
        }
    }

    // Under the lock. Whether the version neither serves its id nor is to.
    private bool IsOutdated(ModelArtifact artifact)
        => _versions.TryGetValue(artifact.Id, out var state) && state.Serving.Version != artifact.Version && state.Next?.Version != artifact.Version;

    // Under the lock. Whether the version, which serves its id, has left to make room for its successor: there is none for it to come back.
    private bool IsGivingWay(ModelArtifact artifact)
        => _versions.TryGetValue(artifact.Id, out var state) && state.Serving.Version == artifact.Version && state.Next is { } next && IsComing(next) && !IsResident(artifact);

    // Under the lock. Whether some device has it, or loads it.
    private bool IsComing(ModelArtifact artifact)
        => EntriesOf(artifact).Any(static entry => entry.State is ModelState.Loading or ModelState.Resident);

    // Under the lock. Whether some device that works has it.
    private bool IsResident(ModelArtifact artifact)
        => EntriesOf(artifact).Any(static entry => entry.State == ModelState.Resident);

    // Under the lock. The version on each device.
    private IEnumerable<ModelEntry> EntriesOf(ModelArtifact artifact) => _entries.Values.Where(entry => entry.Key.Id == artifact.Id && entry.Key.Version == artifact.Version);

    // Under the lock. Whether the version that is to take over may push this pinned entry out: its pin moves on, and nobody pinned exactly it.
    private bool MayReplace(VersionRoom room, ModelEntry entry) => room.Replaces(entry) && !_pins.ContainsKey(entry.Name);

    // Under the lock. Nobody uses the entry any more.
    private void BecameIdle(ModelEntry entry, ref PoolEffects effects)
    {
        effects.UpkeepAt = NextUpkeep(entry);
        if (_ledger.ExcessBytes > 0)
        {
            // Its buffers may be all that is too much; what is left after them is settled then.
            if (HasBuffersToRelease(entry)) effects.ReleaseWorkingMemory = true;
            else SettleExcess(ref effects);
        }

        if (!_versions.TryGetValue(entry.Key.Id, out var state) || !state.WaitsForIdle || state.IsLoading) return;
        if (state.Serving.Version != entry.Key.Version) return;
        state.WaitsForIdle = false;
        state.IsLoading = true;
        effects.Switch(state);
    }
}
