using System.Formats.Tar;
using System.IO.Compression;
using EdgeHost.ModelStore.Blobs;

namespace EdgeHost.ModelStore.Sources;

/// <summary>
/// Reads the wanted files of a package archive in one pass. Nothing is ever written to a path that the archive names: a file is
/// only handed over as a stream, and its place follows from its hash.
/// </summary>
internal static class PackageArchive
{
    private const int MaxEntries = 200_000;

    /// <summary>Hands over each wanted regular file, once, in the archive's order.</summary>
    /// <param name="path">The archive, a gzip-compressed tar.</param>
    /// <param name="wanted">Paths inside the package; those handed over are taken out of the set.</param>
    /// <param name="maxUnpackedBytes">The most bytes that are unpacked on the way.</param>
    /// <param name="take">Receives the path, the length that the archive states, and the bytes.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, or larger than allowed.</exception>
    public static Task ReadAsync(
        string path, HashSet<string> wanted, long maxUnpackedBytes, Func<string, long, Stream, Task> take, CancellationToken cancellationToken)
        => WalkAsync(
            path,
            maxUnpackedBytes,
            async (name, length, data) =>
            {
                if (wanted.Remove(name)) await take(name, length, data).ConfigureAwait(false);
                return wanted.Count > 0;
            },
            cancellationToken);

    /// <summary>The paths and lengths of the regular files in a package.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, or larger than allowed.</exception>
    public static async Task<IReadOnlyDictionary<string, long>> ListAsync(string path, long maxUnpackedBytes, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await WalkAsync(
            path,
            maxUnpackedBytes,
            (name, length, _) =>
            {
                files[name] = length;
                return Task.FromResult(true);
            },
            cancellationToken).ConfigureAwait(false);
        return files;
    }

    private static async Task WalkAsync(string path, long maxUnpackedBytes, Func<string, long, Stream, Task<bool>> visit, CancellationToken cancellationToken)
    {
        var unzipped = new GZipStream(VerifyingCopy.OpenRead(path), CompressionMode.Decompress);
        await using var closeUnzipped = unzipped.ConfigureAwait(false);
        var counted = new CountingStream(unzipped, maxUnpackedBytes, () => new InvalidDataException($"it unpacks to more than {ByteText.Of(maxUnpackedBytes)}"));
        await using var closeCounted = counted.ConfigureAwait(false);
        var reader = new TarReader(counted);
        await using var closeReader = reader.ConfigureAwait(false);
        for (var count = 0; ; count++)
        {
            if (count > MaxEntries) throw new InvalidDataException($"it has more than {MaxEntries} entries");
            TarEntry? entry;
            try
            {
                entry = await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException or ArgumentException)
            {
                throw new InvalidDataException("it is cut off or malformed", e);
            }

            if (entry is null) return;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is not { } data) continue;
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;

            // As npm does: the first part of the path, mostly "package", is not part of the name.
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0 && !await visit(name[(slash + 1)..], entry.Length, data).ConfigureAwait(false)) return;
        }
    }
}
