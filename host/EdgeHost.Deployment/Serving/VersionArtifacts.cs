using System.Collections.Concurrent;
using EdgeHost.Deployment.Storage;
using EdgeHost.Deployment.Versions;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Deployment.Serving;

/// <summary>Versions as the pool wants them, made once and then kept: every lease asks. Thread-safe.</summary>
internal sealed class VersionArtifacts
{
    /// <summary>More than serve at once; beyond, all are forgotten and made again.</summary>
    private const int Most = 256;

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private readonly ConcurrentDictionary<long, Entry> _entries = new();

    /// <summary>The artifact of a version. Files that it does not bring are those of the shipped one that it was made of.</summary>
    /// <param name="version">The version.</param>
    /// <param name="own">Its files; the same object for as long as they are the same.</param>
    /// <param name="shipped">The shipped version, or null.</param>
    public ModelArtifact Of(ModelVersion version, IReadOnlyDictionary<string, string> own, ModelArtifact? shipped)
    {
        if (_entries.TryGetValue(version.Id, out var known) && ReferenceEquals(known.Own, own) && IsSame(known.Shipped, shipped)) return known.Artifact;
        var artifact = new ModelArtifact
        {
            Id = version.Model,
            Version = version.Version,
            Variant = shipped?.Variant ?? "local",
            GraphPath = own[VersionFiles.Graph],
            GraphSha256 = version.GraphSha256,
            Files = shipped is null ? own : Merge(shipped.Files, own),
            SizeBytes = version.Bytes,
            PreferredDevices = shipped?.PreferredDevices ?? [DeviceKind.Cpu],
            Batching = shipped?.Batching,
            Task = shipped?.Task ?? string.Empty,
            Properties = shipped?.Properties ?? Nothing,
        };
        if (_entries.Count >= Most) _entries.Clear();
        _entries[version.Id] = new Entry(own, shipped, artifact);
        return artifact;
    }

    // Files of a shipped version never change under its number.
    private static bool IsSame(ModelArtifact? shipped, ModelArtifact? other)
        => ReferenceEquals(shipped, other)
            || (shipped is not null && other is not null && shipped.Version == other.Version && shipped.Variant == other.Variant && shipped.GraphPath == other.GraphPath
                && ReferenceEquals(shipped.Properties, other.Properties));

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> shipped, IReadOnlyDictionary<string, string> own)
    {
        var files = new Dictionary<string, string>(shipped, StringComparer.Ordinal);
        foreach (var (name, path) in own) files[name] = path;
        return files;
    }

    private sealed record Entry(IReadOnlyDictionary<string, string> Own, ModelArtifact? Shipped, ModelArtifact Artifact);
}
