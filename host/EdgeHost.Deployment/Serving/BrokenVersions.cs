using System.Collections.Concurrent;
using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;

namespace EdgeHost.Deployment.Serving;

/// <summary>Versions that serve and could not be loaded, until the host has rolled them back. Thread-safe; one entry a version.</summary>
internal sealed class BrokenVersions(TrialBook trials)
{
    private readonly ConcurrentDictionary<long, (ModelVersion Version, string Problem)> _broken = new();

    public bool IsEmpty => _broken.IsEmpty;

    public void Add(ModelVersion version, EdgeHostException error)
    {
        if (_broken.TryAdd(version.Id, (version, error.Message))) trials.Wake();
    }

    /// <summary>Takes what there is.</summary>
    public IReadOnlyList<(ModelVersion Version, string Problem)> Take()
    {
        var taken = _broken.Values.ToList();
        foreach (var (version, _) in taken) _broken.TryRemove(version.Id, out _);
        return taken;
    }
}
