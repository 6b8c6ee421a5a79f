using System.Text.Json;

namespace PhotoShelf;

/// <summary>All photos of a folder, in a file in it, so that the next run looks at what is new only. Thread-safe.</summary>
internal sealed class Shelf
{
    private const string FileName = ".photo-shelf.json";

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<string, Photo> _photos;

    private Shelf(string path, Dictionary<string, Photo> photos) => (_path, _photos) = (path, photos);

    /// <summary>The photos by their names.</summary>
    public IReadOnlyList<Photo> Photos
    {
        get
        {
            lock (_gate) return [.. _photos.Values.OrderBy(static photo => photo.File, StringComparer.Ordinal)];
        }
    }

    /// <summary>Reads what is known of a folder.</summary>
    /// <exception cref="IOException">The folder is not there, or cannot be read.</exception>
    public static Shelf Open(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        var path = Path.Combine(folder, FileName);
        return new Shelf(path, Read(path).ToDictionary(static photo => photo.File, StringComparer.Ordinal));
    }

    /// <summary>Whether a photo was looked at as it is now.</summary>
    public bool Knows(string file, string stamp)
    {
        lock (_gate) return _photos.TryGetValue(file, out var photo) && photo.Stamp == stamp;
    }

    /// <summary>Keeps a photo, on the disk too: whatever happens next, it need not be looked at again.</summary>
    public void Keep(Photo photo)
    {
        lock (_gate)
        {
            _photos[photo.File] = photo;
            Write();
        }
    }

    /// <summary>Forgets photos that are gone.</summary>
    public void KeepOnly(IReadOnlySet<string> files)
    {
        lock (_gate)
        {
            var gone = _photos.Keys.Where(file => !files.Contains(file)).ToList();
            if (gone.Count == 0) return;
            foreach (var file in gone) _photos.Remove(file);
            Write();
        }
    }

    // A file of an older form, or one that was damaged, costs another look and nothing more.
    private static List<Photo> Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize<List<Photo>>(File.ReadAllBytes(path)) ?? [];
        }
        catch (JsonException)
        {
            Console.Error.WriteLine($"{path} cannot be read and is made anew.");
            return [];
        }
    }

    private void Write()
    {
        File.WriteAllBytes(_path + ".new", JsonSerializer.SerializeToUtf8Bytes(_photos.Values.OrderBy(static photo => photo.File, StringComparer.Ordinal)));
        File.Move(_path + ".new", _path, overwrite: true);
    }
}
