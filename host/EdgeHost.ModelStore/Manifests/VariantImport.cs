namespace EdgeHost.ModelStore.Manifests;

/// <summary>Says that a variant's graph is made on the device, from files of another format. Immutable.</summary>
/// <param name="Format">What the files are.</param>
/// <param name="Files">Names of files of the variant, the one that describes the model first; never empty, each once. The engine never sees them.</param>
public sealed record VariantImport(ModelFormat Format, IReadOnlyList<string> Files)
{
    /// <summary>Outputs that are added to the graph; each name once.</summary>
    public IReadOnlyList<ImportedMean> Means { get; init; } = [];

    /// <summary>The names of the formats, as manifests write them.</summary>
    internal static IReadOnlyDictionary<string, ModelFormat> Formats { get; } = new Dictionary<string, ModelFormat>(StringComparer.Ordinal)
    {
        ["tfjs"] = ModelFormat.TensorFlowJs,
        ["tflite"] = ModelFormat.TensorFlowLite,
    };

    /// <summary>The format's name, as manifests write it.</summary>
    internal string FormatName => Formats.First(format => format.Value == Format).Key;

    /// <inheritdoc/>
    public bool Equals(VariantImport? other) => other is not null && Format == other.Format && Files.SequenceEqual(other.Files, StringComparer.Ordinal) && Means.SequenceEqual(other.Means);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Format, Files.Count, Files[0]);
}
