using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Sources;

/// <summary>A file that a pull still has to get, and what was tried in vain.</summary>
internal sealed class PendingFile(ModelFile file)
{
    private readonly List<(FileSource Source, EdgeHostException Error)> _failures = [];

    public ModelFile File { get; } = file;

    public bool IsDone { get; set; }

    /// <summary>The next source to try, or null when all failed.</summary>
    public FileSource? Next => File.Sources.FirstOrDefault(IsUntried);

    /// <summary>The next source that lies in a package, or null.</summary>
    public FileSource? NextIn(FileSource package)
        => File.Sources.FirstOrDefault(source => source.Kind == FileSourceKind.Npm
            && source.Package == package.Package && source.Revision == package.Revision && IsUntried(source));

    public void Fail(FileSource source, EdgeHostException error) => _failures.Add((source, error));

    /// <summary>The error of the only source, or one that lists all.</summary>
    public EdgeHostException Failure()
    {
        var last = _failures[^1].Error;
        if (_failures.Count == 1) return last;
        var list = string.Join("; ", _failures.Select(failure => $"{failure.Source}: {failure.Error.Message}"));
        return new EdgeHostException(last.Code, $"No source gave the file '{File.Name}': {list}", last) { Details = last.Details };
    }

    private bool IsUntried(FileSource source) => _failures.All(failure => failure.Source != source);
}
