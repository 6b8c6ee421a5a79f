namespace EdgeHost.PluginSdk;

/// <summary>
/// What apps have a plugin keep, a file for each name, in what <see cref="IPluginStorage.FolderOf"/> gives: an app sees its own alone, and the host deletes them with everything of the app. A file is written beside, brought to the disk and
/// renamed, so that the end of the host at any point leaves what was, or what is to be. Thread-safe, except that of two writers of one name at a time one may fail. Since contract 1.3.
/// </summary>
/// <param name="storage">The plugin's storage.</param>
/// <param name="folder">The folder of these files in that of each app.</param>
/// <param name="extension">How the files end, with the dot.</param>
public sealed class AppFiles(IPluginStorage storage, string folder, string extension)
{
    private const int LongestName = 64;

    /// <summary>Whether something may be called so: 1 to 64 characters of <c>a-z 0-9 _ -</c>.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= LongestName && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');
    }

    /// <summary>The names of an app's files, in order; empty if it has none.</summary>
    /// <param name="app">The app.</param>
    public IReadOnlyList<string> Names(AppIdentity app)
    {
        var path = FolderOf(app);
        if (!Directory.Exists(path)) return [];
        return [.. Directory.EnumerateFiles(path, $"*{extension}").Select(static file => Path.GetFileNameWithoutExtension(file)).Where(IsName).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads a file whole; null if the app has none of that name.</summary>
    /// <param name="app">The app.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public byte[]? Read(AppIdentity app, string name)
    {
        if (!IsName(name)) return null;
        try
        {
            return File.ReadAllBytes(PathOf(app, name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, in place of the one of its name.</summary>
    /// <param name="app">The app.</param>
    /// <param name="name">The name, as <see cref="IsName"/> allows it.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: nothing may be called so; <see cref="ErrorCode.ResourceExhausted"/>: it could not be written.</exception>
    public void Write(AppIdentity app, string name, ReadOnlySpan<byte> content)
    {
        if (!IsName(name)) throw new EdgeHostException(ErrorCode.InvalidArgument, "A name must have 1 to 64 characters of a-z 0-9 _ -.");
        var path = PathOf(app, name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream($"{path}.new", FileMode.Create, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move($"{path}.new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"'{name}' could not be written: {e.Message}", e);
        }
    }

    /// <summary>Deletes a file.</summary>
    /// <param name="app">The app.</param>
    /// <param name="name">The name.</param>
    /// <returns>Whether there was one.</returns>
    public bool Delete(AppIdentity app, string name)
    {
        if (!IsName(name) || !File.Exists(PathOf(app, name))) return false;
        File.Delete(PathOf(app, name));
        return true;
    }

    private string PathOf(AppIdentity app, string name) => Path.Combine(FolderOf(app), name + extension);

    private string FolderOf(AppIdentity app) => Path.Combine(storage.FolderOf(app), folder);
}
