using System.Security.Cryptography;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Blobs;

/// <summary>
/// The content-addressed files of the store. A file appears under its hash only after all its bytes were hashed and flushed, by
/// an atomic rename; so a blob that exists was whole once. Writers of one blob are kept apart by its lock.
/// </summary>
internal sealed class BlobFolder
{
    private const string Prefix = "sha256-";
    private const int CopyBufferBytes = 0;

    public BlobFolder(string modelsFolder)
    {
        Folder = Path.Combine(modelsFolder, "blobs");
        PartialFolder = Path.Combine(Folder, "partial");
    }

    public string Folder { get; }

    public string PartialFolder { get; }

    public string PathOf(string sha256) => Path.Combine(Folder, Prefix + sha256);

    /// <summary>Where a resumable download of a blob grows.</summary>
    public string PartialPathOf(string sha256) => Path.Combine(PartialFolder, sha256 + ".part");

    public void Create() => Directory.CreateDirectory(PartialFolder);

    /// <summary>Installed blobs as hash and length.</summary>
    public IEnumerable<(string Sha256, long Bytes)> Enumerate()
        => Files(Folder).Where(file => file.Name.StartsWith(Prefix, StringComparison.Ordinal)).Select(file => (file.Name[Prefix.Length..], file.Length));

    /// <summary>What interrupted pulls left.</summary>
    public IEnumerable<FileInfo> EnumeratePartials() => Files(PartialFolder);

    public long UsedBytes() => Files(Folder).Sum(file => file.Length) + Files(PartialFolder).Sum(file => file.Length);

    /// <summary>Copies a stream into the store, checking length and hash on the way.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: not the bytes of the manifest.</exception>
    public async Task InstallAsync(Stream source, ModelFile file, string origin, Action<long>? onBytes, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(PartialFolder, $"{file.Sha256}.{Guid.NewGuid():N}.tmp");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBufferBytes, FileOptions.Asynchronous);
            await using (target.ConfigureAwait(false))
            {
                var read = await VerifyingCopy.AppendAsync(source, target, hash, file.Bytes, onBytes, cancellationToken).ConfigureAwait(false);
                if (read != file.Bytes) throw VerifyingCopy.WrongSize(file, Math.Min(read, file.Bytes), origin, orMore: read > file.Bytes);
                var actual = VerifyingCopy.HexOf(hash);
                if (actual != file.Sha256) throw VerifyingCopy.WrongHash(file, actual, origin);
                target.Flush(flushToDisk: true);
            }

            Commit(temporary, file.Sha256);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Renames a flushed and verified file into place and makes it read-only.</summary>
    public void Commit(string verifiedFile, string sha256)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(verifiedFile, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        File.Move(verifiedFile, PathOf(sha256), overwrite: true);
    }

    private static IEnumerable<FileInfo> Files(string folder)
        => Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles() : [];
}
