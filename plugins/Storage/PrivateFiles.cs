namespace EdgeHost.Plugins.Storage;

/// <summary>Files (0600) and folders (0700) that only their owner reads. Thread-safe for different files.</summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder, and those above it that are missing. One that is there keeps its mode.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not make it.</exception>
    public static void EnsureFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Makes an empty file unless there is one.</summary>
    /// <returns>Whether this call has made it.</returns>
    /// <inheritdoc cref="EnsureFolder"/>
    public static bool Ensure(string path)
    {
        if (File.Exists(path)) return false;
        try
        {
            Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
            return false;
        }
    }

    /// <summary>Opens a file for writing, empty. Bring it to the disk and rename it to its place: so it is whole, or not there.</summary>
    /// <inheritdoc cref="EnsureFolder"/>
    public static FileStream Create(string path) => Open(path, FileMode.Create, FileAccess.Write, FileShare.None);

    /// <summary>Writes a file so that it is whole and on the disk, or not there. One that is there stays.</summary>
    /// <returns>Whether this call has made it.</returns>
    /// <inheritdoc cref="EnsureFolder"/>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = Open(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    internal static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
