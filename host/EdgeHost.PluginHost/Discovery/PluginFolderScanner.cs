using EdgeHost.PluginHost.Manifests;

namespace EdgeHost.PluginHost.Discovery;

/// <summary>Looks for plugin folders. One caller at a time.</summary>
internal sealed class PluginFolderScanner(PluginHostOptions options)
{
    private readonly Dictionary<string, FoundFolder> _immutable = new(StringComparer.Ordinal);

    /// <summary>All plugin folders now. Folders whose name begins with a dot are left out, so that an installer can copy there and rename.</summary>
    public List<FoundFolder> Scan()
    {
        var found = new List<FoundFolder>();
        foreach (var directory in options.Directories)
        {
            foreach (var folder in ChildFolders(directory.Path))
            {
                if (found.Count == options.MaxPlugins) return found;
                if (_immutable.TryGetValue(folder, out var known)) found.Add(known);
                else if (Look(folder, directory.IsImmutable) is { } now) found.Add(now);
            }
        }

        return found;
    }

    private static List<string> ChildFolders(string directory)
    {
        try
        {
            return Directory.EnumerateDirectories(Path.GetFullPath(directory))
                .Where(path => Path.GetFileName(path)[0] != '.' && File.Exists(Path.Combine(path, PluginManifest.FileName)))
                .Order(StringComparer.Ordinal)
                .ToList();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private FoundFolder? Look(string folder, bool isImmutable)
    {
        try
        {
            var found = new FoundFolder(folder, isImmutable, FolderStamp.Take(folder, options.MaxFiles, options.MaxBytes), null);
            if (isImmutable) _immutable.Add(folder, found);
            return found;
        }
        catch (EdgeHostException ex)
        {
            return new FoundFolder(folder, isImmutable, null, ex.Message);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (FileNotFoundException)
        {
            return new FoundFolder(folder, isImmutable, null, null);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return new FoundFolder(folder, isImmutable, null, $"The folder cannot be read: {ex.Message}");
        }
    }
}
