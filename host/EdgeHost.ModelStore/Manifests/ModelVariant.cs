namespace EdgeHost.ModelStore.Manifests;

/// <summary>One build of a model, for example <c>fp32</c> or <c>int8</c>. Immutable.</summary>
public sealed class ModelVariant
{
    /// <summary>Its name: 1 to 64 of <c>a-z 0-9 . _ -</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the file that the engine loads: one of the files, or what is made of them.</summary>
    public required string Graph { get; init; }

    /// <summary>Kinds of device to try, best first; never empty.</summary>
    public required IReadOnlyList<DeviceKind> Devices { get; init; }

    /// <summary>Estimate of resident bytes, or null.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>How steps may be joined into one run, or null if never.</summary>
    public VariantBatching? Batching { get; init; }

    /// <summary>The files, each name once; the graph is among them, unless <see cref="Import"/> says that it is made of them.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>How the graph is made on the device, or null where it is one of the files.</summary>
    public VariantImport? Import { get; init; }

    /// <summary>Bytes of all files that are pulled.</summary>
    public long SizeBytes => Files.Sum(file => file.Bytes);
}
