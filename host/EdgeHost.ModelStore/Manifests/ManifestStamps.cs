namespace EdgeHost.ModelStore.Manifests;

/// <summary>What shows that a manifest was changed without reading it.</summary>
internal readonly record struct ManifestStamp(string Path, long Length, DateTime Changed);

/// <summary>Looks at the manifests of folders.</summary>
internal static class ManifestStamps
{
    /// <summary>The stamps of all manifests; a folder that is missing or cannot be read has none.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="maximum">The most files of a folder.</param>
    public static List<ManifestStamp> Of(IEnumerable<string> folders, int maximum)
    {
        var stamps = new List<ManifestStamp>();
        foreach (var folder in folders)
        {
            try
            {
                var directory = new DirectoryInfo(folder);
                if (!directory.Exists) continue;
                stamps.AddRange(directory.EnumerateFiles("*.json").Take(maximum + 1).Select(file => new ManifestStamp(file.FullName, file.Length, file.LastWriteTimeUtc)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Who reads the folder reports it.
                continue;
            }
        }

        stamps.Sort(static (x, y) => string.CompareOrdinal(x.Path, y.Path));
        return stamps;
    }
}
