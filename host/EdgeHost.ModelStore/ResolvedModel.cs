using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>One variant of one version of a model as verified files on this device. Immutable.</summary>
public sealed class ResolvedModel
{
    /// <summary>The model's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>The variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The file that the engine loads, an absolute path.</summary>
    public required string GraphPath { get; init; }

    /// <summary>SHA-256 of that file in lower-case hex.</summary>
    public required string GraphSha256 { get; init; }

    /// <summary>All files of the variant by their names in the manifest, as absolute paths.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Bytes of all files.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The manifest's estimate of resident bytes, or null.</summary>
    public long? EstimatedMemoryBytes { get; init; }

    /// <summary>Kinds of device to try, best first; never empty.</summary>
    public required IReadOnlyList<DeviceKind> PreferredDevices { get; init; }

    /// <summary>What it is for, as its manifest says.</summary>
    public required string Task { get; init; }

    /// <summary>What its manifest says of it besides; empty where it says nothing.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>How several steps may be joined into one run, or null if never.</summary>
    public VariantBatching? Batching { get; init; }
}
