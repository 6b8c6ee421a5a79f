using System.Collections.Concurrent;

namespace EdgeHost.ModelStore.Blobs;

/// <summary>
/// Answers whether a blob still has the bytes of its name. The first question of a process hashes the file; later ones hash it
/// again only when its fingerprint changed. Thread-safe; concurrent questions about one blob hash it once.
/// </summary>
internal sealed class BlobVerifier(BlobFolder blobs)
{
    private readonly ConcurrentDictionary<string, FileFingerprint> _verified = new(StringComparer.Ordinal);
    private readonly KeyedGate _gate = new();

    /// <summary>How many files were hashed so far.</summary>
    public int HashedFiles => _hashedFiles;

    private int _hashedFiles;

    /// <summary>The state of a blob.</summary>
    /// <param name="sha256">Its name.</param>
    /// <param name="bytes">The length it should have.</param>
    /// <param name="again">Whether to hash it even if it seems unchanged.</param>
    /// <param name="onBytes">Hears how many bytes were hashed so far.</param>
    /// <param name="cancellationToken">Stops hashing.</param>
    public async ValueTask<BlobState> CheckAsync(string sha256, long bytes, bool again, Action<long>? onBytes, CancellationToken cancellationToken)
    {
        var path = blobs.PathOf(sha256);
        if (!again && IsKnown(sha256, path)) return BlobState.Good;
        using (await _gate.EnterAsync(sha256, cancellationToken).ConfigureAwait(false))
        {
            if (!again && IsKnown(sha256, path)) return BlobState.Good;
            if (FileFingerprint.Of(path) is not { } before) return BlobState.Missing;
            if (before.Length != bytes) return new BlobState(false, $"{before.Length} bytes");
            string actual;
            try
            {
                actual = await VerifyingCopy.HashAsync(path, onBytes, cancellationToken).ConfigureAwait(false);
            }
            catch (FileNotFoundException)
            {
                return BlobState.Missing;
            }

            Interlocked.Increment(ref _hashedFiles);
            if (actual != sha256)
            {
                _verified.TryRemove(sha256, out _);
                return new BlobState(false, actual);
            }

            // Taken before hashing: a write during it changes the fingerprint and asks for another round.
            _verified[sha256] = before;
            return BlobState.Good;
        }
    }

    /// <summary>Remembers a blob that was just written and verified.</summary>
    public void Trust(string sha256)
    {
        if (FileFingerprint.Of(blobs.PathOf(sha256)) is { } fingerprint) _verified[sha256] = fingerprint;
    }

    public void Forget(string sha256) => _verified.TryRemove(sha256, out _);

    private bool IsKnown(string sha256, string path)
        => _verified.TryGetValue(sha256, out var known) && FileFingerprint.Of(path) == known;
}
