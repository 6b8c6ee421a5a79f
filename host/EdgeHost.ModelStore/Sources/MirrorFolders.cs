using System.Collections.Concurrent;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore.Sources;

/// <summary>
/// Finds files of a given length and hash in folders, whatever their names. Only files of the right length are hashed, those with
/// a likely name first, and a hash is remembered until the file changes. Thread-safe.
/// </summary>
internal sealed class MirrorFolders(int maxFiles, ILogger logger)
{
    private const int MaxRememberedHashes = 10_000;

    private static readonly EnumerationOptions Walk = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
        MaxRecursionDepth = 16,
    };

    private readonly ConcurrentDictionary<string, (FileFingerprint Fingerprint, string Sha256)> _hashes = new(StringComparer.Ordinal);

    /// <summary>The files of the folders by length: one reading serves a whole pull.</summary>
    public ILookup<long, string> Index(IReadOnlyList<string> folders)
    {
        var files = new List<(long Bytes, string Path)>();
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                logger.LogWarning("The mirror folder {Folder} does not exist", folder);
                continue;
            }

            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Walk))
            {
                if (files.Count >= maxFiles)
                {
                    logger.LogWarning("The mirror folders hold more than {Limit} files; the rest is not looked at", maxFiles);
                    return ByLength(files);
                }

                if (LengthOf(file) is { } bytes) files.Add((bytes, file.FullName));
            }
        }

        return ByLength(files);
    }

    /// <summary>The path of a file with the bytes that a manifest asks for, or null.</summary>
    public async Task<string?> FindAsync(ILookup<long, string> index, ModelFile file, CancellationToken cancellationToken)
    {
        foreach (var path in index[file.Bytes].OrderByDescending(path => IsLikely(Path.GetFileName(path), file)))
        {
            try
            {
                if (await HashAsync(path, cancellationToken).ConfigureAwait(false) == file.Sha256) return path;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning(e, "A file of a mirror folder cannot be read: {Path}", path);
            }
        }

        return null;
    }

    private static ILookup<long, string> ByLength(List<(long Bytes, string Path)> files) => files.ToLookup(file => file.Bytes, file => file.Path);

    private static bool IsLikely(string name, ModelFile file)
        => name.Contains(file.Sha256, StringComparison.OrdinalIgnoreCase)
            || name == Path.GetFileName(file.Name)
            || file.Sources.Any(source => source.Text.EndsWith("/" + name, StringComparison.Ordinal));

    private static long? LengthOf(FileInfo file)
    {
        try
        {
            // A link's own length is that of its target's name.
            var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            return target is { Exists: true } ? target.Length : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<string?> HashAsync(string path, CancellationToken cancellationToken)
    {
        var real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (FileFingerprint.Of(real) is not { } fingerprint) return null;
        if (_hashes.TryGetValue(real, out var known) && known.Fingerprint == fingerprint) return known.Sha256;
        var hash = await VerifyingCopy.HashAsync(real, null, cancellationToken).ConfigureAwait(false);
        if (_hashes.Count >= MaxRememberedHashes) _hashes.Clear();
        _hashes[real] = (fingerprint, hash);
        return hash;
    }
}
