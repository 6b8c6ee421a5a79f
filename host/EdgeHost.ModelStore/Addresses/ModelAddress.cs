using System.Diagnostics.CodeAnalysis;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Addresses;

/// <summary>
/// Where a model that is to be imported lies: <c>hf:OWNER/NAME[@REVISION][/PATH]</c>, <c>npm:PACKAGE@VERSION[/PATH]</c> or <c>https://…</c>. The path names a file or a folder;
/// without it the whole repository or package is meant. Immutable.
/// </summary>
public sealed record ModelAddress
{
    private const string NewestRevision = "@main";
    private const string Placeholder = "file";

    private readonly FileSource _any;

    private ModelAddress(string text, FileSource any, string path)
    {
        Text = text;
        _any = any;
        Path = path;
    }

    /// <summary>The address as it was given.</summary>
    public string Text { get; }

    /// <summary>The file or folder in the repository or package; empty for all of it, and for https.</summary>
    public string Path { get; }

    /// <summary>How it is fetched.</summary>
    public FileSourceKind Kind => _any.Kind;

    /// <summary>The package's or repository's name; empty for https.</summary>
    public string Package => _any.Package;

    /// <summary>The package's version, or the repository's revision (<c>main</c> if none is given); empty for https.</summary>
    public string Revision => _any.Revision;

    /// <summary>The address of the file for https, else null.</summary>
    public Uri? Url => _any.Url;

    /// <summary>Whether a text is meant as an address and not as a path on this device.</summary>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("hf:", StringComparison.Ordinal) || text.StartsWith("npm:", StringComparison.Ordinal)
            || text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="text">As a person writes it.</param>
    /// <param name="address">The address read.</param>
    /// <param name="problem">What is wrong and how it should look.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ModelAddress? address, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = null;
        var trimmed = text.TrimEnd('/');
        var isPlaced = trimmed.StartsWith("hf:", StringComparison.Ordinal) || trimmed.StartsWith("npm:", StringComparison.Ordinal);
        if (trimmed.StartsWith("hf:", StringComparison.Ordinal) && !trimmed.Contains('@', StringComparison.Ordinal))
        {
            var parts = trimmed.Split('/', 3);
            if (parts.Length >= 2) trimmed = $"{parts[0]}/{parts[1]}{NewestRevision}{(parts.Length > 2 ? $"/{parts[2]}" : "")}";
        }

        if (FileSource.TryParse(trimmed, out var file, out problem))
        {
            address = new ModelAddress(text, file, isPlaced ? file.Path : "");
            return true;
        }

        if (!isPlaced || !FileSource.TryParse($"{trimmed}/{Placeholder}", out var whole, out _)) return false;
        problem = null;
        address = new ModelAddress(text, whole, "");
        return true;
    }

    /// <summary>The source, as manifests write it, of a file of this address.</summary>
    /// <param name="path">Its path in the repository or package; for https relative to the address.</param>
    /// <param name="revision">The revision that was found, or null for the address's own.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: no manifest can name such a path.</exception>
    public FileSource SourceOf(string path, string? revision = null)
    {
        var text = Kind switch
        {
            FileSourceKind.HuggingFace => $"hf:{Package}@{revision ?? Revision}/{path}",
            FileSourceKind.Npm => $"npm:{Package}@{Revision}/{path}",
            _ => new Uri(Url!, path).AbsoluteUri,
        };
        return FileSource.TryParse(text, out var source, out var problem)
            ? source
            : throw new EdgeHostException(ErrorCode.InvalidArgument, $"The file '{path}' of {Text} cannot be named: {problem}");
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
