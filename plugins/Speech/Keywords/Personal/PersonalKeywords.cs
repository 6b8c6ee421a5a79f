using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>
/// The keywords that apps taught, in what the plugin keeps of each app and user, a file for each keyword. An app sees its own alone, and the host deletes them with everything else of the app. A file is written beside,
/// brought to the disk and renamed, so that the end of the host at any point leaves what was, or what is to be. Thread-safe.
/// </summary>
internal sealed class PersonalKeywords(IPluginStorage storage, ILogger<PersonalKeywords> logger)
{
    /// <summary>How many an app may teach.</summary>
    public const int MostOfAnApp = 32;

    private const int LongestName = 64;
    private const string Extension = ".ehk";
    private readonly Lock _gate = new();

    /// <summary>Whether a keyword may be called so: 1 to 64 characters of <c>a-z 0-9 _ -</c>.</summary>
    public static bool IsName(string keyword)
        => keyword.Length is > 0 and <= LongestName && keyword.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');

    /// <summary>The keywords of an app, by id. One whose file is damaged is left out, and the log says so.</summary>
    public IReadOnlyList<PersonalKeyword> List(AppIdentity app)
    {
        var folder = FolderOf(app);
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, $"*{Extension}").Select(path => Find(app, Path.GetFileNameWithoutExtension(path))).OfType<PersonalKeyword>().OrderBy(static found => found.Keyword, StringComparer.Ordinal)];
    }

    /// <summary>A keyword of an app, or null.</summary>
    public PersonalKeyword? Find(AppIdentity app, string keyword)
    {
        if (!IsName(keyword)) return null;
        byte[] file;
        try
        {
            file = File.ReadAllBytes(PathOf(app, keyword));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        var found = PersonalKeywordFile.TryRead(keyword, file);
        if (found is null) logger.LogWarning("The taught keyword {Keyword} of {App} is damaged and is not listened for; teach it again.", keyword, app.Name);
        return found;
    }

    /// <summary>Refuses a keyword for which there is no room.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the app has taught as many as it may.</exception>
    public void CheckRoom(AppIdentity app, string keyword)
    {
        var known = List(app);
        if (known.Count < MostOfAnApp || known.Any(found => found.Keyword == keyword)) return;
        throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The app has taught {known.Count} keywords, the most it may; forget one first.");
    }

    /// <summary>Keeps a keyword, in place of the one of its id.</summary>
    /// <returns>It, with its number.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: it could not be written, or as <see cref="CheckRoom"/> says.</exception>
    public PersonalKeyword Keep(AppIdentity app, PersonalKeyword keyword)
    {
        lock (_gate)
        {
            CheckRoom(app, keyword.Keyword);
            var kept = keyword with { Number = (Find(app, keyword.Keyword)?.Number ?? 0) + 1 };
            var path = PathOf(app, keyword.Keyword);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using (var file = new FileStream($"{path}.new", FileMode.Create, FileAccess.Write))
                {
                    file.Write(PersonalKeywordFile.Write(kept));
                    file.Flush(flushToDisk: true);
                }

                File.Move($"{path}.new", path, overwrite: true);
                return kept;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The keyword could not be written: {e.Message}", e);
            }
        }
    }

    /// <summary>Forgets a keyword.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Forget(AppIdentity app, string keyword)
    {
        lock (_gate)
        {
            if (!IsName(keyword) || !File.Exists(PathOf(app, keyword))) return false;
            File.Delete(PathOf(app, keyword));
            return true;
        }
    }

    private string PathOf(AppIdentity app, string keyword) => Path.Combine(FolderOf(app), keyword + Extension);

    private string FolderOf(AppIdentity app) => Path.Combine(storage.FolderOf(app), "keywords");
}
