using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Speech.Keywords.Personal;

/// <summary>The keywords that apps taught, a file for each. An app sees its own alone, and the host deletes them with everything else of the app. Thread-safe.</summary>
internal sealed class PersonalKeywords(IPluginStorage storage, ILogger<PersonalKeywords> logger)
{
    /// <summary>How many an app may teach.</summary>
    public const int MostOfAnApp = 32;

    private readonly AppFiles _files = new(storage, "keywords", ".ehk");
    private readonly Lock _gate = new();

    /// <summary>Whether a keyword may be called so: 1 to 64 characters of <c>a-z 0-9 _ -</c>.</summary>
    public static bool IsName(string keyword) => AppFiles.IsName(keyword);

    /// <summary>The keywords of an app, by id. One whose file is damaged is left out, and the log says so.</summary>
    public IReadOnlyList<PersonalKeyword> List(AppIdentity app) => [.. _files.Names(app).Select(keyword => Find(app, keyword)).OfType<PersonalKeyword>()];

    /// <summary>A keyword of an app, or null.</summary>
    public PersonalKeyword? Find(AppIdentity app, string keyword)
    {
        if (_files.Read(app, keyword) is not { } file) return null;
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
            _files.Write(app, keyword.Keyword, PersonalKeywordFile.Write(kept));
            return kept;
        }
    }

    /// <summary>Forgets a keyword.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Forget(AppIdentity app, string keyword)
    {
        lock (_gate)
        {
            return _files.Delete(app, keyword);
        }
    }
}
