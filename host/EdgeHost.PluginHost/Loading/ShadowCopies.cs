using EdgeHost.PluginHost.Discovery;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Loading;

/// <summary>
/// Copies of plugin folders that assemblies are loaded from. The runtime maps assemblies into memory: writing into a mapped file changes
/// running code, and cutting it short kills the process, so a folder that may be overwritten is never loaded in place. Hard links
/// would share the very bytes that get overwritten, so these are true copies. Each process has a folder of its own and removes those
/// of processes that are gone. Thread-safe.
/// </summary>
internal sealed class ShadowCopies(PluginHostOptions options, ILogger<ShadowCopies> logger) : IDisposable
{
    private const string LockFile = ".lock";
    private readonly Lock _gate = new();
    private FileStream? _lock;
    private string? _root;
    private int _next;

    /// <summary>Copies a folder without its models.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="expected">The stamp it had when it was accepted.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The copy's path.</returns>
    /// <exception cref="PluginFailureException">The folder no longer is what was accepted.</exception>
    public string Copy(string source, FolderStamp expected, CancellationToken cancellationToken)
    {
        var target = Path.Combine(Root(), Interlocked.Increment(ref _next).ToString());
        try
        {
            CopyFolder(source, target, isTop: true, cancellationToken);
            if (FolderStamp.Take(source, options.MaxFiles, options.MaxBytes) == expected) return target;
        }
        catch (Exception ex) when (ex is FileNotFoundException or DirectoryNotFoundException)
        {
            // The folder is being changed; said below.
        }
        catch
        {
            Delete(target);
            throw;
        }

        Delete(target);
        const string Changing = "Its files are being changed; the new ones are used as soon as they are complete.";
        throw new PluginFailureException(Changing, Changing);
    }

    /// <summary>Removes a copy. On Windows that fails while its code is in memory; what is left goes with the process's folder.</summary>
    public void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            logger.LogDebug(ex, "The plugin copy {Folder} cannot be removed yet.", folder);
        }
    }

    public void Dispose()
    {
        string? root;
        lock (_gate)
        {
            root = _root;
            _root = null;
            _lock?.Dispose();
            _lock = null;
        }

        if (root is not null) Delete(root);
    }

    private static void CopyFolder(string source, string target, bool isTop, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.EnumerateDirectories(source))
        {
            var name = Path.GetFileName(folder);
            if (!isTop || name != FolderStamp.ModelsFolder) CopyFolder(folder, Path.Combine(target, name), isTop: false, cancellationToken);
        }
    }

    private string Root()
    {
        lock (_gate)
        {
            if (_root is not null) return _root;
            var all = Path.GetFullPath(options.ShadowFolder);
            CreatePrivate(all);
            RemoveStale(all);
            var root = Path.Combine(all, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
            CreatePrivate(root);
            _lock = new FileStream(Path.Combine(root, LockFile), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            return _root = root;
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void RemoveStale(string all)
    {
        foreach (var folder in Directory.EnumerateDirectories(all))
        {
            try
            {
                // A living process holds its lock file open; the system lets go of it however the process ended.
                using (new FileStream(Path.Combine(folder, LockFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }

                Delete(folder);
            }
            catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
            {
                logger.LogDebug("The plugin copies in {Folder} are in use.", folder);
            }
        }
    }
}
