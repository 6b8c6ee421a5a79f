using System.Collections.Concurrent;
using System.Text.Json;
using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Serving;
using EdgeHost.Deployment.Versions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment.Trials;

/// <summary>The trials that go on: one for each version in shadow, as a canary, or watched after it took over. Follows the versions. Thread-safe.</summary>
internal sealed class TrialBook(IOptions<DeploymentOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<long, Trial> _trials = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0, 1);

    public ICollection<Trial> All => _trials.Values;

    public bool IsEmpty => _trials.IsEmpty;

    public Trial? Of(ModelVersion version) => _trials.TryGetValue(version.Id, out var trial) && trial.Version.State == version.State ? trial : null;

    /// <summary>Completes when there is a trial, or <see cref="Wake"/> was called; for one waiter.</summary>
    public Task WhenWorkAsync(CancellationToken cancellationToken) => _trials.IsEmpty ? _work.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Lets whoever waits for work look.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            if (_work.CurrentCount == 0) _work.Release();
        }
    }

    public void Dispose() => _work.Dispose();

    /// <summary>Begins and ends trials after versions have moved. Trials that go on keep their figures.</summary>
    public void Follow(ActiveVersions versions)
    {
        lock (_gate)
        {
            var tried = versions.All.Where(static version => version.IsCandidate || version.WatchedUntil is not null).ToDictionary(static version => version.Id);
            foreach (var id in _trials.Keys.Where(id => !tried.ContainsKey(id))) _trials.TryRemove(id, out _);
            foreach (var version in tried.Values)
            {
                if (Of(version) is { } going && going.Version.WatchedUntil == version.WatchedUntil) continue;
                var record = version.Trial is null ? null : JsonSerializer.Deserialize(version.Trial, GateJson.Default.TrialRecord);
                var baseline = version.State == VersionState.Current ? version.Replaced ?? version.Base
                    : versions.Current(version.Model, version.Scope)?.Version ?? versions.Current(version.Model, VersionScope.Device)?.Version ?? version.Base;
                _trials[version.Id] = new Trial(version, baseline, version.Gate ?? options.Value.Gate.ToRule(), record);
            }

            if (!_trials.IsEmpty && _work.CurrentCount == 0) _work.Release();
        }
    }
}
