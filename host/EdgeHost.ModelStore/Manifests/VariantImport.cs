namespace EdgeHost.ModelStore.Manifests;

/// <summary>Says that a variant's graph is made on the device, from files of another format. Immutable.</summary>
/// <param name="Format">What the files are.</param>
/// <param name="Files">Names of files of the variant, the one that describes the model first; never empty, each once. The engine never sees them.</param>
public sealed record VariantImport(ModelFormat Format, IReadOnlyList<string> Files)
{
    /// <summary>
    /// Outputs that the graph gets beside its own, by their names: of what node inside of the model each is the mean over rows and columns, [N,C] of [N,H,W,C]. A picture's features, for example.
    /// </summary>
    public IReadOnlyDictionary<string, string> Means { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The names of the formats, as manifests write them.</summary>
    internal static IReadOnlyDictionary<string, ModelFormat> Formats { get; } = new Dictionary<string, ModelFormat>(StringComparer.Ordinal)
    {
        ["tfjs"] = ModelFormat.TensorFlowJs,
        ["tflite"] = ModelFormat.TensorFlowLite,
    };

    /// <summary>The format's name, as manifests write it.</summary>
    internal string FormatName => Formats.First(format => format.Value == Format).Key;

    /// <inheritdoc/>
    public bool Equals(VariantImport? other) => other is not null && Format == other.Format && Files.SequenceEqual(other.Files, StringComparer.Ordinal) && Means.ToHashSet().SetEquals(other.Means);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Format, Files.Count, Files[0], Means.Count);
}
