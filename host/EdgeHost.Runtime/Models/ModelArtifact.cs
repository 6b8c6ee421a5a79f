namespace EdgeHost.Runtime.Models;

/// <summary>One variant of one version of a model as files on this device. Immutable.</summary>
public sealed class ModelArtifact
{
    /// <summary>The model's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>The variant chosen for this device.</summary>
    public required string Variant { get; init; }

    /// <summary>The file that the engine loads, an absolute path.</summary>
    public required string GraphPath { get; init; }

    /// <summary>SHA-256 of that file in lower-case hex: the key of prepared forms.</summary>
    public required string GraphSha256 { get; init; }

    /// <summary>All files of the variant by their names in the manifest, as absolute paths.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Bytes of weights on disk.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The manifest's estimate of resident bytes, or null; the pool replaces it with what it measures.</summary>
    public long? EstimatedMemoryBytes { get; init; }

    /// <summary>Kinds of device to try, best first; never empty.</summary>
    public IReadOnlyList<DeviceKind> PreferredDevices { get; init; } = [DeviceKind.Cpu];

    /// <summary>What it is for, as its manifest says; empty where nobody says.</summary>
    public string Task { get; init; } = string.Empty;

    /// <summary>What its manifest says of it besides; empty where nobody says. Does not change any more.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is loaded once, to be looked at: the engine keeps no prepared form of it. Default: no.</summary>
    public bool IsPassing { get; init; }

    /// <summary>How several steps may be joined into one run, or null if never.</summary>
    public ModelBatching? Batching { get; init; }
}
