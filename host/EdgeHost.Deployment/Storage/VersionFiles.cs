using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeHost.Disks;

namespace EdgeHost.Deployment.Storage;

/// <summary>
/// The files of versions, a folder each: written beside, brought to the disk, then renamed, so that a folder is whole or not there. Folders that no record
/// knows are removed when they are old enough to belong to nobody any more. Thread-safe for different folders.
/// </summary>
internal sealed class VersionFiles(string root, TimeProvider time)
{
    /// <summary>The file that the engine loads.</summary>
    public const string Graph = "model.onnx";

    private const int MostFiles = 64;
    private const int BufferSize = 1 << 20;
    private const string DraftMark = ".new";

    /// <summary>A copy that takes longer than this has ended with its process.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>Called with the name of each step of a write, for tests of faults.</summary>
    public Action<string>? AtWrite { get; set; }

    /// <summary>The files that a folder brings, checked.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no folder of a version.</exception>
    public static IReadOnlyList<FileInfo> FilesOf(string folder)
    {
        var info = new DirectoryInfo(folder);
        if (!info.Exists) throw Invalid("the folder is not there");
        var entries = info.EnumerateFileSystemInfos().Take(MostFiles + 1).ToList();
        if (entries.Count > MostFiles) throw Invalid($"it has more than {MostFiles} files");
        if (entries.Find(static entry => entry is DirectoryInfo || entry.LinkTarget is not null) is { } other) throw Invalid($"'{other.Name}' is no plain file");
        if (!entries.Exists(static entry => entry.Name == Graph)) throw Invalid($"it has no {Graph}");
        return [.. entries.Cast<FileInfo>()];
    }

    public string PathOf(string folder) => Path.Combine(root, folder);

    /// <summary>Copies files into a new folder; it is on the disk when this returns.</summary>
    /// <returns>The folder's name and the hash of the graph.</returns>
    public (string Folder, string GraphSha256) Copy(IReadOnlyList<FileInfo> files, CancellationToken cancellationToken)
    {
        PrivateFolders.Create(root);
        var name = Guid.NewGuid().ToString("n");
        var draft = PathOf(name + DraftMark);
        PrivateFolders.Create(draft);
        try
        {
            var hash = string.Empty;
            foreach (var file in files)
            {
                AtWrite?.Invoke($"copy {file.Name}");
                var copied = CopyFile(file, Path.Combine(draft, file.Name), cancellationToken);
                if (file.Name == Graph) hash = copied;
            }

            PrivateFolders.Sync(draft);
            AtWrite?.Invoke("rename");
            Directory.Move(draft, PathOf(name));
            PrivateFolders.Sync(root);
            AtWrite?.Invoke("renamed");
            return (name, hash);
        }
        catch
        {
            Remove(name + DraftMark);
            Remove(name);
            throw;
        }
    }

    /// <summary>Whether a folder was verified in this process, so that <see cref="Verify"/> costs no more than a look.</summary>
    public bool IsVerified(string folder) => _seen.ContainsKey(folder);

    /// <summary>The files of a folder by name, after its graph was found unaltered: hashed at the first use in this process, and when it looks different.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it is missing or altered.</exception>
    public IReadOnlyDictionary<string, string> Verify(string folder, string graphSha256)
    {
        var path = Path.Combine(PathOf(folder), Graph);
        var info = new FileInfo(path);
        if (_seen.TryGetValue(folder, out var seen) && info.Exists && seen.Length == info.Length && seen.Written == info.LastWriteTimeUtc) return seen.Files;
        if (!info.Exists) throw Lost("is missing");
        string actual;
        try
        {
            using var stream = File.OpenRead(path);
            actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Lost("cannot be read");
        }

        if (actual != graphSha256) throw Lost($"was altered: expected {graphSha256}, found {actual}");
        var files = Directory.EnumerateFiles(PathOf(folder)).ToDictionary(static file => Path.GetFileName(file), StringComparer.Ordinal);
        _seen[folder] = new Seen(info.Length, info.LastWriteTimeUtc, files);
        return files;
    }

    /// <summary>Removes a folder, if it is there.</summary>
    public void Remove(string folder)
    {
        _seen.TryRemove(folder, out _);
        var path = PathOf(folder);
        if (!Directory.Exists(path)) return;
        AtWrite?.Invoke("remove");
        Directory.Delete(path, recursive: true);
    }

    /// <summary>Removes some of the folders that no record knows and that are old.</summary>
    /// <param name="isKnown">Whether a record has a folder.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>How many went.</returns>
    public int RemoveUnknown(Func<string, bool> isKnown, int most)
    {
        if (!Directory.Exists(root)) return 0;
        var before = (time.GetUtcNow() - OrphanAge).UtcDateTime;
        var unknown = new DirectoryInfo(root).EnumerateDirectories().Where(folder => folder.LastWriteTimeUtc < before && !isKnown(folder.Name)).Take(most).ToList();
        foreach (var folder in unknown) Remove(folder.Name);
        return unknown.Count;
    }

    private static string CopyFile(FileInfo from, string to, CancellationToken cancellationToken)
    {
        using var source = new FileStream(from.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead;
        using var target = new FileStream(to, options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Clamp(from.Length, 1, BufferSize)];
        while (source.Read(buffer) is > 0 and var read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }

        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static EdgeHostException Invalid(string problem)
        => new(ErrorCode.InvalidArgument, $"This is no folder of a version: {problem}. It has {Graph} and up to {MostFiles - 1} files beside it.");

    private static EdgeHostException Lost(string problem)
        => new(ErrorCode.DataLoss, $"The graph of this version {problem}. Another version serves; make it again.");

    private sealed record Seen(long Length, DateTime Written, IReadOnlyDictionary<string, string> Files);
}
