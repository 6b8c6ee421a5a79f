using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Onnx.Preparation;

/// <summary>
/// Prepared forms on disk, a folder each. A form is made in a folder of its own and renamed into place, so that it is there whole or not at all, also with
/// two processes at it. It is a cache: whatever goes wrong is logged and done without. Thread-safe.
/// </summary>
internal sealed class PreparedModelStore
{
    /// <summary>The form inside its folder. The processor's is mapped; on Linux a mapped file may be deleted, the mapping lives on.</summary>
    internal const string FormName = "model.bin";

    /// <summary>The description beside it. The time it was last written is when the form was last used.</summary>
    internal const string EntryName = "entry.txt";

    private const string TemporaryMark = ".making-";

    /// <summary>A folder that was being made this long ago belongs to a process that ended.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly long _mostBytes;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="root">An absolute path; made when needed.</param>
    /// <param name="mostBytes">What all forms together may take.</param>
    /// <param name="time">For when a form was used.</param>
    /// <param name="logger">Told what went wrong.</param>
    public PreparedModelStore(string root, long mostBytes, TimeProvider time, ILogger logger)
    {
        _root = root;
        _mostBytes = mostBytes;
        _time = time;
        _logger = logger;
    }

    /// <summary>The path of a whole form for the key, or null. One that is not whole is deleted.</summary>
    public string? Find(PreparedModelKey key)
    {
        var folder = Folder(key);
        var form = Path.Combine(folder, FormName);
        var entry = Path.Combine(folder, EntryName);
        try
        {
            if (!Directory.Exists(folder)) return null;
            if (File.Exists(entry) && File.Exists(form) && PreparedEntry.Matches(entry, form, key))
            {
                Touch(entry);
                return form;
            }

            _logger.LogWarning("The prepared form {Folder} is not whole or not for this key; it is made anew.", key.FolderName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("The prepared form {Folder} cannot be read ({Problem}); it is made anew.", key.FolderName, e.Message);
        }

        Remove(key);
        return null;
    }

    /// <summary>A new folder to make a form in, or null with the reason.</summary>
    public PreparedModelDraft? TryBegin(PreparedModelKey key, out string? problem)
    {
        var folder = Path.Combine(_root, $"{TemporaryMark}{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            problem = null;
            return new PreparedModelDraft(key, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("Nothing can be prepared: {Problem}", e.Message);
            problem = "the folder for prepared models cannot be written";
            return null;
        }
    }

    /// <summary>Makes a draft the key's form. One that another process finished first stands.</summary>
    /// <returns>Null, or what went wrong.</returns>
    public string? Publish(PreparedModelDraft draft)
    {
        var folder = Folder(draft.Key);
        try
        {
            var length = new FileInfo(draft.FormPath).Length;
            if (length > _mostBytes) return "its prepared form alone is larger than all may be";
            File.WriteAllBytes(Path.Combine(draft.Folder, EntryName), PreparedEntry.Describe(draft.Key, draft.FormPath));
            Touch(Path.Combine(draft.Folder, EntryName));
            if (!Directory.Exists(folder)) Directory.Move(draft.Folder, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster; its form is as good.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("The prepared form {Folder} cannot be kept: {Problem}", draft.Key.FolderName, e.Message);
            return "the prepared form cannot be written";
        }

        Prune(draft.Key);
        return null;
    }

    /// <summary>Deletes what is left of a draft; nothing where it was published.</summary>
    public void Discard(PreparedModelDraft draft) => TryDelete(draft.Folder);

    /// <summary>Deletes a key's form.</summary>
    public void Remove(PreparedModelKey key) => TryDelete(Folder(key));

    private string Folder(PreparedModelKey key) => Path.Combine(_root, key.FolderName);

    /// <summary>Deletes the forms that were used longest ago until the rest fits.</summary>
    private void Prune(PreparedModelKey kept)
    {
        try
        {
            var now = _time.GetUtcNow().UtcDateTime;
            var forms = new List<(string Path, long Bytes, DateTime LastUse)>();
            foreach (var folder in new DirectoryInfo(_root).EnumerateDirectories())
            {
                var entry = new FileInfo(Path.Combine(folder.FullName, EntryName));
                var lastUse = entry.Exists ? entry.LastWriteTimeUtc : folder.LastWriteTimeUtc;
                if (folder.Name.StartsWith(TemporaryMark, StringComparison.Ordinal))
                {
                    if (now - lastUse > AbandonedAfter) TryDelete(folder.FullName);
                    continue;
                }

                forms.Add((folder.FullName, folder.EnumerateFiles().Sum(static file => file.Length), lastUse));
            }

            var total = forms.Sum(static form => form.Bytes);
            foreach (var (path, bytes, _) in forms.OrderBy(static form => form.LastUse))
            {
                if (total <= _mostBytes) break;
                if (path == Folder(kept)) continue;
                TryDelete(path);
                total -= bytes;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process prunes too; what it left is found the next time.
            _logger.LogDebug("Pruning prepared models ended early: {Problem}", e.Message);
        }
    }

    private void Touch(string entry)
    {
        try
        {
            File.SetLastWriteTimeUtc(entry, _time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that may only be read serves as well; nothing is pruned from it.
            _logger.LogDebug("The last use of a prepared model cannot be noted: {Problem}", e.Message);
        }
    }

    private void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogDebug("{Folder} cannot be deleted: {Problem}", Path.GetFileName(folder), e.Message);
        }
    }
}
