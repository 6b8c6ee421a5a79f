using EdgeHost.Deployment.Gates;

namespace EdgeHost.Deployment.Versions;

/// <summary>A version to be added. Immutable.</summary>
public sealed class NewVersion
{
    /// <summary>The model: the id of a shipped one, or <c>app/name</c> for one of an app's own.</summary>
    public required string Model { get; init; }

    /// <summary>For whom.</summary>
    public required VersionScope Scope { get; init; }

    /// <summary>A folder with <c>model.onnx</c> and what else belongs to the version, without folders in it. It is copied, and stays the caller's.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Where it comes from, a JSON object: the data's hash and counts, specification, seed, parent, metrics, time. It is kept as it is; the gate reads
    /// <c>metrics.accuracy</c> and <c>metrics.parent_accuracy</c> (0 to 1, on the same evaluation set) where they are there.
    /// </summary>
    public string Lineage { get; init; } = "{}";

    /// <summary>
    /// Where it begins; not <see cref="VersionState.Retired"/>. By default in shadow. The first version of an app's own model has nothing to be compared with,
    /// and serves at once unless it is only stored.
    /// </summary>
    public VersionState Start { get; init; } = VersionState.Shadow;

    /// <summary>What it must show before it serves; null for the host's rule.</summary>
    public GateRule? Gate { get; init; }
}
