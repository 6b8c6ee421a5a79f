using System.Collections.Frozen;
using EdgeHost.Deployment.Versions;

namespace EdgeHost.Deployment.Serving;

/// <summary>The versions that have files, at one moment. Immutable; a change makes another.</summary>
internal sealed class ActiveVersions(IReadOnlyList<ModelVersion> all)
{
    private readonly FrozenDictionary<string, ModelVersion[]> _byModel =
        all.GroupBy(static version => version.Model, StringComparer.Ordinal).ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);

    public static ActiveVersions None { get; } = new([]);

    public IReadOnlyList<ModelVersion> All => all;

    public bool IsEmpty => all.Count == 0;

    /// <summary>Whether there is anything of a model.</summary>
    public bool Has(string model) => _byModel.ContainsKey(model);

    public ModelVersion? Current(string model, VersionScope scope) => Find(model, scope, static version => version.State == VersionState.Current);

    public ModelVersion? Candidate(string model, VersionScope scope) => Find(model, scope, static version => version.IsCandidate);

    /// <summary>The version that one took over from; null for the shipped one, or none.</summary>
    public ModelVersion? Before(ModelVersion version)
        => version.Replaced is null ? null : Find(version.Model, version.Scope, other => other.Version == version.Replaced && !other.IsCandidate);

    /// <summary>Exactly one version, if the app may have it: its own, or the device's. The host's own work may have all.</summary>
    public ModelVersion? Exact(string model, string version, AppIdentity app)
    {
        if (!_byModel.TryGetValue(model, out var versions)) return null;
        return Array.Find(versions, known => known.Version == version
            && (known.Scope.IsDevice || ReferenceEquals(app, AppIdentity.Host) || known.Scope == VersionScope.Of(app)));
    }

    private ModelVersion? Find(string model, VersionScope scope, Predicate<ModelVersion> isWanted)
        => _byModel.TryGetValue(model, out var versions) ? Array.Find(versions, version => version.Scope == scope && isWanted(version)) : null;
}
