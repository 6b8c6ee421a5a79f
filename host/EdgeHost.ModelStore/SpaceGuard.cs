using EdgeHost.Disks;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>
/// Refuses a pull that would exceed the quota or fill the disk, before anything is received. Pulls of this process that run at the
/// same time are counted together. Thread-safe.
/// </summary>
internal sealed class SpaceGuard(BlobFolder blobs, IFreeSpace disk, ModelStoreOptions options)
{
    private readonly Dictionary<string, (long Bytes, int Pulls)> _reserved = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Sets space aside for files that are not here yet.</summary>
    /// <returns>Dispose it when the pull ends.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/> with both figures.</exception>
    public IDisposable Reserve(string model, IReadOnlyList<ModelFile> missing)
    {
        lock (_gate)
        {
            var used = blobs.UsedBytes();
            var others = _reserved.Where(entry => missing.All(file => file.Sha256 != entry.Key)).Sum(entry => entry.Value.Bytes);
            var needed = missing.Sum(StillNeeded);
            if (options.QuotaBytes is { } quota && used + others + needed > quota)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted,
                    $"{model} needs {ByteText.Of(needed)} more, but the model store holds {ByteText.Of(used + others)} of the {ByteText.Of(quota)} it may use. Remove models (edgehost models remove), prune, or raise the quota.")
                {
                    Details = Figures(needed, quota - used - others),
                };
            }

            // A package takes its own space twice, in the client's cache and as the archive, until its files are out.
            var packages = missing.Where(file => file.Sources is [{ Kind: FileSourceKind.Npm }, ..]).Sum(file => 2 * file.Bytes);
            if (disk.AvailableBytes(blobs.Folder) is { } free && free - options.FreeSpaceReserveBytes < needed + packages + others)
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted,
                    $"{model} needs {ByteText.Of(needed + packages + others)} of disk space while it is pulled, but {ByteText.Of(free)} are free, of which {ByteText.Of(options.FreeSpaceReserveBytes)} are to stay free. Free some space and pull again.")
                {
                    Details = Figures(needed + packages + others, free),
                };
            }

            foreach (var file in missing)
            {
                var pulls = _reserved.TryGetValue(file.Sha256, out var entry) ? entry.Pulls + 1 : 1;
                _reserved[file.Sha256] = (file.Bytes, pulls);
            }
        }

        return new Reservation(this, missing);
    }

    private static Dictionary<string, string> Figures(long needed, long available) => new(StringComparer.Ordinal)
    {
        ["needed_bytes"] = needed.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["available_bytes"] = Math.Max(0, available).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private long StillNeeded(ModelFile file)
    {
        var partial = new FileInfo(blobs.PartialPathOf(file.Sha256));
        return partial.Exists ? Math.Max(0, file.Bytes - partial.Length) : file.Bytes;
    }

    private void Release(IReadOnlyList<ModelFile> files)
    {
        lock (_gate)
        {
            foreach (var file in files)
            {
                if (!_reserved.TryGetValue(file.Sha256, out var entry)) continue;
                if (entry.Pulls > 1) _reserved[file.Sha256] = (entry.Bytes, entry.Pulls - 1);
                else _reserved.Remove(file.Sha256);
            }
        }
    }

    private sealed class Reservation(SpaceGuard owner, IReadOnlyList<ModelFile> files) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) owner.Release(files);
        }
    }
}
