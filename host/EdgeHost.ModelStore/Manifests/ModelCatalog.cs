using Microsoft.Extensions.Options;

namespace EdgeHost.ModelStore.Manifests;

/// <summary>
/// The models that this device knows of: the manifests (<c>*.json</c>) of <c>catalog/</c> in the home folder, of the configured
/// folders and of the plugins' <c>models/</c> folders. Where two files describe the same version differently, the first found
/// counts and the other is a problem. Thread-safe: readers see one consistent state, replaced as a whole by a refresh.
/// </summary>
public sealed class ModelCatalog
{
    private const int MaxManifestsPerFolder = 10_000;

    private readonly Lock _gate = new();
    private readonly List<string> _folders;
    private State? _state;
    private int _revision;

    /// <summary>Creates a catalogue; the folders are read at the first use.</summary>
    public ModelCatalog(IOptions<ModelStoreOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _folders =
        [
            .. options.Value.CatalogFolders.Prepend(Path.Combine(options.Value.HomeFolder, "catalog"))
                .Select(Path.GetFullPath).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>All models, by id and then newest first.</summary>
    public IReadOnlyList<ModelManifest> Models => Current.Models;

    /// <summary>The manifests that could not be taken.</summary>
    public IReadOnlyList<CatalogProblem> Problems => Current.Problems;

    /// <summary>Rises whenever what was read is forgotten.</summary>
    internal int Revision => Volatile.Read(ref _revision);

    private State Current
    {
        get
        {
            lock (_gate)
            {
                return _state ??= Load(_folders);
            }
        }
    }

    /// <summary>Adds a folder of manifests, for example a plugin's; one that is there already is read again. A missing folder is empty.</summary>
    public void AddFolder(string folder)
    {
        lock (_gate)
        {
            folder = Path.GetFullPath(folder);
            if (!_folders.Contains(folder, StringComparer.Ordinal)) _folders.Add(folder);
            Forget();
        }
    }

    /// <summary>Takes a folder out again.</summary>
    /// <returns>Whether it was there.</returns>
    public bool RemoveFolder(string folder)
    {
        lock (_gate)
        {
            Forget();
            return _folders.Remove(Path.GetFullPath(folder));
        }
    }

    /// <summary>Forgets what was read, so that the next use reads the folders again.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            Forget();
        }
    }

    /// <summary>Forgets what was read if a manifest came, went or changed since. If not, it costs a look at the length and time of each file.</summary>
    /// <returns>Whether something changed.</returns>
    public bool RefreshIfChanged()
    {
        lock (_gate)
        {
            if (_state is null || ManifestStamps.Of(_folders, MaxManifestsPerFolder).SequenceEqual(_state.Stamps)) return false;
            Forget();
            return true;
        }
    }

    /// <summary>The manifest of a version, or of the newest version when none is named; null if there is none.</summary>
    public ModelManifest? Find(string id, string? version = null) => Current.ByName.GetValueOrDefault(version is null ? id : $"{id}@{version}");

    private void Forget()
    {
        _state = null;
        Interlocked.Increment(ref _revision);
    }

    private static State Load(List<string> folders)
    {
        // Before the files are read: a change in between is then seen by the next look.
        var stamps = ManifestStamps.Of(folders, MaxManifestsPerFolder);
        var found = new Dictionary<string, (ModelManifest Manifest, string File, byte[] Content)>(StringComparer.Ordinal);
        var problems = new List<CatalogProblem>();
        foreach (var folder in folders)
        {
            foreach (var file in FilesOf(folder, problems))
            {
                if (TryRead(file, folder, problems) is not { } manifest) continue;
                var content = ModelManifestWriter.Write(manifest);
                if (found.TryAdd(manifest.Name, (manifest, file, content))) continue;
                var first = found[manifest.Name];
                if (first.Content.AsSpan().SequenceEqual(content)) continue;
                problems.Add(Problem(file, $"{manifest.Name} is described differently by '{first.File}', which counts; give this one another version or remove it."));
            }
        }

        IReadOnlyList<ModelManifest> models =
        [
            .. found.Values.Select(entry => entry.Manifest)
                .OrderBy(manifest => manifest.Id, StringComparer.Ordinal)
                .ThenByDescending(manifest => manifest.Version, ModelVersionComparer.Instance)
                .ThenBy(manifest => manifest.Version, StringComparer.Ordinal),
        ];
        var byName = new Dictionary<string, ModelManifest>(StringComparer.Ordinal);
        foreach (var manifest in models)
        {
            byName.TryAdd(manifest.Id, manifest);
            byName.Add(manifest.Name, manifest);
        }

        return new State(models, byName, problems, stamps);
    }

    private static string[] FilesOf(string folder, List<CatalogProblem> problems)
    {
        try
        {
            if (!Directory.Exists(folder)) return [];
            var files = Directory.EnumerateFiles(folder, "*.json").Take(MaxManifestsPerFolder + 1).Order(StringComparer.Ordinal).ToArray();
            if (files.Length <= MaxManifestsPerFolder) return files;
            problems.Add(Problem(folder, $"The folder holds more than {MaxManifestsPerFolder} manifests; the rest is not read."));
            return files[..MaxManifestsPerFolder];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem(folder, $"The folder cannot be read: {e.Message}"));
            return [];
        }
    }

    private static ModelManifest? TryRead(string file, string folder, List<CatalogProblem> problems)
    {
        try
        {
            var length = new FileInfo(file).Length;
            if (length > ModelManifestReader.MaxBytes)
            {
                problems.Add(Problem(file, $"The manifest has {length} bytes; at most {ModelManifestReader.MaxBytes} are read."));
                return null;
            }

            var reading = ModelManifestReader.Read(File.ReadAllBytes(file), folder);
            if (reading.Manifest is null) problems.Add(new CatalogProblem(file, reading.Problems));
            return reading.Manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem(file, $"The manifest cannot be read: {e.Message}"));
            return null;
        }
    }

    private static CatalogProblem Problem(string file, string message) => new(file, [new ManifestProblem("$", message)]);

    private sealed record State(
        IReadOnlyList<ModelManifest> Models, IReadOnlyDictionary<string, ModelManifest> ByName, IReadOnlyList<CatalogProblem> Problems, IReadOnlyList<ManifestStamp> Stamps);
}
