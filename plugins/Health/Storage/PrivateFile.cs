namespace EdgeHost.Plugins.Health.Storage;

/// <summary>Files that only their owner reads (0600).</summary>
internal static class PrivateFile
{
    /// <summary>Makes an empty file unless there is one.</summary>
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

    /// <summary>Writes a file so that it is whole and on the disk, or not there. One that is there stays.</summary>
    /// <returns>Whether this call has made it.</returns>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var stream = new FileStream(draft, Options(FileMode.CreateNew)))
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

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
