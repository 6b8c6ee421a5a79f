namespace EdgeHost.Disks;

/// <summary>Files that only their owner reads (0600), and that are whole or not there. Thread-safe for different files.</summary>
public static class PrivateFiles
{
    /// <summary>What the name of a file ends with while it is written; whoever finds one after a crash may delete it.</summary>
    public const string DraftSuffix = ".new";

    /// <summary>
    /// Writes a file beside its place, brings it to the disk and renames it: the end of the process or of the power at any point leaves the file as it was, or
    /// as it is given. Its folder is made if it is missing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it; not kept.</param>
    /// <exception cref="IOException">It cannot be written, and is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        PrivateFolders.Create(folder);
        var draft = path + DraftSuffix;
        try
        {
            using (var stream = new FileStream(draft, Options(FileMode.Create)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            Remove(draft);
            throw;
        }

        PrivateFolders.Sync(folder);
    }

    /// <summary>Makes an empty file unless there is one.</summary>
    /// <param name="path">The file, whose folder is there.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not make it.</exception>
    public static void Ensure(string path)
    {
        if (File.Exists(path)) return;
        try
        {
            new FileStream(path, Options(FileMode.CreateNew)).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static void Remove(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The caller hears of the first failure; the next write overwrites the draft.
        }
    }
}
