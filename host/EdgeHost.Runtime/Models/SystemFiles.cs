namespace EdgeHost.Runtime.Models;

internal sealed class SystemFiles : ISystemFiles
{
    /// <summary>Entries of a folder that are looked at; a folder of the system's devices has far fewer.</summary>
    private const int ListLimit = 1024;

    public string? TryReadText(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IReadOnlyList<string> List(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Take(ListLimit).Select(static path => Path.GetFileName(path))] : [];
        }
        catch (IOException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }
}
