namespace EdgeHost.ModelStore.Manifests;

/// <summary>One version of a model: what it is for, under which licence, and which files make it up. Immutable.</summary>
public sealed class ModelManifest
{
    /// <summary>The model's id: 1 to 64 of <c>a-z 0-9 . _ -</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its version, ordered by <see cref="ModelVersionComparer"/>.</summary>
    public required string Version { get; init; }

    /// <summary>What it does, for example <c>text-detection</c>.</summary>
    public required string Task { get; init; }

    /// <summary>One line for people.</summary>
    public required string Summary { get; init; }

    /// <summary>The licence of the files.</summary>
    public required ModelLicence Licence { get; init; }

    /// <summary>Builds of the model, the preferred one first; never empty.</summary>
    public required IReadOnlyList<ModelVariant> Variants { get; init; }

    /// <summary>Whether the files lie beside the manifest, so that the first use of the model takes them without a pull. Each then has a <c>file:</c> source below the manifest's folder.</summary>
    public bool IsShipped { get; init; }

    /// <summary>What the model says of itself to those who look for one of its task, for example <c>language</c>; at most 64. Empty where it says nothing.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Models that it needs beside it, each <c>id</c> or <c>id@version</c>; at most 16. A pull brings them too.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The folder that relative <c>file:</c> sources start from; null when the manifest did not come from a file.</summary>
    public string? Folder { get; init; }

    /// <summary><c>id@version</c>.</summary>
    public string Name => $"{Id}@{Version}";

    /// <summary>The variant of that name, or null.</summary>
    public ModelVariant? FindVariant(string name) => Variants.FirstOrDefault(variant => variant.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
