using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace EdgeHost.ModelStore.Manifests;

/// <summary>One place a file may come from. Immutable.</summary>
public sealed partial record FileSource
{
    private const int MaxPathLength = 512;

    private FileSource(FileSourceKind kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>How it is fetched.</summary>
    public FileSourceKind Kind { get; }

    /// <summary>The source as the manifest writes it.</summary>
    public string Text { get; }

    /// <summary>npm: the package's name. Hugging Face: <c>owner/repo</c>. Else empty.</summary>
    public string Package { get; private init; } = "";

    /// <summary>npm: the exact version. Hugging Face: the revision. Else empty.</summary>
    public string Revision { get; private init; } = "";

    /// <summary>The path inside the package or repository, or of the local file. Empty for https.</summary>
    public string Path { get; private init; } = "";

    /// <summary>The address of an https source, else null.</summary>
    public Uri? Url { get; private init; }

    /// <summary>Reads a source.</summary>
    /// <param name="text">As in a manifest.</param>
    /// <param name="source">The source read.</param>
    /// <param name="problem">What is wrong and how it should look.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FileSource? source, [NotNullWhen(false)] out string? problem)
    {
        source = null;
        problem = null;
        if (text.StartsWith("npm:", StringComparison.Ordinal))
        {
            if (NpmPattern().Match(text) is { Success: true } match && IsPlainPath(match.Groups["path"].Value))
            {
                source = new FileSource(FileSourceKind.Npm, text)
                {
                    Package = match.Groups["name"].Value,
                    Revision = match.Groups["version"].Value,
                    Path = match.Groups["path"].Value,
                };
                return true;
            }

            problem = "An npm source is npm:NAME@VERSION/PATH with an exact version (1.2.3) and a path inside the package without '..'.";
            return false;
        }

        if (text.StartsWith("hf:", StringComparison.Ordinal))
        {
            if (HuggingFacePattern().Match(text) is { Success: true } match && IsPlainPath(match.Groups["path"].Value))
            {
                source = new FileSource(FileSourceKind.HuggingFace, text)
                {
                    Package = match.Groups["repo"].Value,
                    Revision = match.Groups["revision"].Value,
                    Path = match.Groups["path"].Value,
                };
                return true;
            }

            problem = "A Hugging Face source is hf:OWNER/REPO@REVISION/PATH, the path without '..'.";
            return false;
        }

        if (text.StartsWith("https://", StringComparison.Ordinal))
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0 && url.UserInfo.Length == 0)
            {
                source = new FileSource(FileSourceKind.Https, text) { Url = url };
                return true;
            }

            problem = "This is not a valid https address (credentials in it are not allowed).";
            return false;
        }

        if (text.StartsWith("file:", StringComparison.Ordinal))
        {
            var path = text.StartsWith("file:///", StringComparison.Ordinal) ? text["file://".Length..] : text["file:".Length..];
            if (path.Length is > 0 and <= MaxPathLength && !path.Any(char.IsControl))
            {
                source = new FileSource(FileSourceKind.File, text) { Path = path };
                return true;
            }

            problem = "A file source is file:PATH, absolute or relative to the manifest.";
            return false;
        }

        problem = text.StartsWith("http://", StringComparison.Ordinal)
            ? "Plain http is not accepted; use https."
            : "A source starts with npm:, https://, hf: or file:.";
        return false;
    }

    /// <summary>Whether a path is relative, uses forward slashes and has no empty, <c>.</c> or <c>..</c> part.</summary>
    internal static bool IsPlainPath(string path)
        => path.Length is > 0 and <= MaxPathLength
            && !path.Any(c => char.IsControl(c) || c is '\\' or ':')
            && path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(@"^npm:(?<name>(@[A-Za-z0-9~][A-Za-z0-9._~-]*/)?[A-Za-z0-9~][A-Za-z0-9._~-]*)@(?<version>\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?)/(?<path>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NpmPattern();

    [GeneratedRegex(@"^hf:(?<repo>[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*)@(?<revision>[A-Za-z0-9][A-Za-z0-9._-]*)/(?<path>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HuggingFacePattern();
}
