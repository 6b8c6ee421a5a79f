using System.Buffers;
using System.Security.Cryptography;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Blobs;

/// <summary>Copies and hashes bytes in one pass and says what does not fit the manifest.</summary>
internal static class VerifyingCopy
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>SHA-256 of a file as lower-case hex.</summary>
    public static async Task<string> HashAsync(string path, Action<long>? onBytes, CancellationToken cancellationToken)
    {
        var file = OpenRead(path);
        await using var closeFile = file.ConfigureAwait(false);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await AppendAsync(file, null, hash, long.MaxValue, onBytes, cancellationToken).ConfigureAwait(false);
        return HexOf(hash);
    }

    /// <summary>Reads a source to its end into a target and a hash.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="target">Where the bytes go; null to hash only.</param>
    /// <param name="hash">What is fed.</param>
    /// <param name="limit">No more than this is taken; one byte beyond it ends the copy.</param>
    /// <param name="onBytes">Hears the running total.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    /// <returns>Bytes read; above <paramref name="limit"/> if the source is longer.</returns>
    public static async Task<long> AppendAsync(
        Stream source, Stream? target, IncrementalHash hash, long limit, Action<long>? onBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long total = 0;
            while (true)
            {
                var read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0) return total;
                total += read;
                if (total > limit) return total;
                hash.AppendData(buffer, 0, read);
                if (target is not null) await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                onBytes?.Invoke(total);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static FileStream OpenRead(string path) => new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    public static string HexOf(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());

    public static EdgeHostException WrongHash(ModelFile file, string actual, string origin) => new(
        ErrorCode.DataLoss,
        $"The file '{file.Name}' from {origin} has SHA-256 {actual}, but its manifest says {file.Sha256}. It was not installed.")
    {
        Details = Facts(file.Name, file.Sha256, actual),
    };

    public static EdgeHostException WrongSize(ModelFile file, long actual, string origin, bool orMore = false) => new(
        ErrorCode.DataLoss,
        $"The file '{file.Name}' from {origin} has {(orMore ? "more than " : "")}{actual} bytes, but its manifest says {file.Bytes}. It was not installed.")
    {
        Details = Facts(file.Name, $"{file.Bytes} bytes", $"{actual} bytes{(orMore ? " or more" : "")}"),
    };

    public static Dictionary<string, string> Facts(string file, string expected, string actual)
        => new(StringComparer.Ordinal) { ["file"] = file, ["expected"] = expected, ["actual"] = actual };
}
