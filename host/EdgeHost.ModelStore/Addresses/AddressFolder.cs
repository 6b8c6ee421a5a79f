using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Addresses;

/// <summary>
/// A model's address with a folder of its own under the home folder, into which the files that are asked for are fetched; disposing deletes it. Not thread-safe.
/// </summary>
public abstract class AddressFolder : IDisposable
{
    // Longer than any fetching may take, so that nobody's folder is taken away below them.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(2);

    private readonly HashSet<string> _fetched = new(StringComparer.Ordinal);

    private protected AddressFolder(ModelAddress address, ModelStoreOptions options)
    {
        Address = address;
        Root = Directory.CreateDirectory(Path.Combine(FolderOf(options.HomeFolder), Guid.NewGuid().ToString("n"), "files")).FullName;
    }

    /// <summary>The address.</summary>
    public ModelAddress Address { get; }

    /// <summary>The folder; files lie in it by their paths in the repository or package.</summary>
    public string Root { get; }

    /// <summary>The paths of all files of the address in order; null for https, which has no list.</summary>
    public abstract IReadOnlyList<string>? Files { get; }

    /// <summary>Its own folder for what it needs beside the files.</summary>
    private protected string Work => Path.GetDirectoryName(Root)!;

    /// <summary>Fetches files that are not here yet.</summary>
    /// <param name="paths">Their paths in the repository or package; for https relative to the address.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.PermissionDenied"/>, <see cref="ErrorCode.Unavailable"/>, <see cref="ErrorCode.DataLoss"/>: as of a pull;
    /// <see cref="ErrorCode.ResourceExhausted"/>: more than <see cref="ModelStoreOptions.MaxImportBytes"/>; <see cref="ErrorCode.InvalidArgument"/>: a path leads out of the address.
    /// </exception>
    public async Task FetchAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var wanted = paths.Where(path => !_fetched.Contains(path)).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Find(static path => !FileSource.IsPlainPath(path)) is { } strange)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"{Address} names the file '{strange}', which lies outside of it or has a name that no folder can hold.");
        }

        if (wanted.Count == 0) return;
        await ReceiveAsync(wanted, cancellationToken).ConfigureAwait(false);
        _fetched.UnionWith(wanted);
    }

    /// <summary>Where manifests say that a fetched file comes from.</summary>
    /// <param name="path">Its path on this device, under <see cref="Root"/>.</param>
    /// <returns>Null for a file that lies elsewhere.</returns>
    public FileSource? SourceOf(string path)
    {
        var relative = Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');
        return _fetched.Contains(relative) ? NameOf(relative) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Work)) Directory.Delete(Work, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Deletes what imports that were killed left behind.</summary>
    /// <returns>Bytes freed.</returns>
    internal static long DeleteAbandoned(string home, DateTimeOffset now)
    {
        if (!Directory.Exists(FolderOf(home))) return 0;
        long bytes = 0;
        foreach (var folder in new DirectoryInfo(FolderOf(home)).EnumerateDirectories().Where(folder => now.UtcDateTime - folder.LastWriteTimeUtc > Abandoned).ToList())
        {
            bytes += folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);
            folder.Delete(recursive: true);
        }

        return bytes;
    }

    /// <summary>Brings files to <see cref="PlaceOf"/>.</summary>
    private protected abstract Task ReceiveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>The source of a file.</summary>
    private protected abstract FileSource NameOf(string path);

    /// <summary>Where a file goes; its folder is made.</summary>
    private protected string PlaceOf(string path)
    {
        var place = Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        return place;
    }

    private static string FolderOf(string home) => Path.Combine(Path.GetFullPath(home), "models", "imports");
}
