using System.Security.Cryptography;
using EdgeHost.Disks;

namespace EdgeHost.Learning.Storage;

/// <summary>
/// Files of large contents, named by their SHA-256, a folder each owner: <c>7/ab/cdef…</c>. A file is complete or not there. Used under the database's
/// write lock, which keeps processes apart.
/// </summary>
internal sealed class BlobFolder(string root)
{
    /// <summary>Writes a content unless it is there; it is on the disk when this returns.</summary>
    /// <returns>Whether it was not there.</returns>
    public bool Write(long owner, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> content)
    {
        var path = PathOf(owner, hash);
        var file = new FileInfo(path);
        if (file.Exists && file.Length == content.Length) return false;
        PrivateFiles.Replace(path, content);
        return true;
    }

    /// <summary>Reads a content, or null if it is missing or not what its name says.</summary>
    public byte[]? TryRead(long owner, ReadOnlySpan<byte> hash)
    {
        var path = PathOf(owner, hash);
        if (!File.Exists(path)) return null;
        var content = File.ReadAllBytes(path);
        return SHA256.HashData(content).AsSpan().SequenceEqual(hash) ? content : null;
    }

    /// <summary>Removes a content; nothing happens if it is not there.</summary>
    public void Remove(long owner, ReadOnlySpan<byte> hash)
    {
        var path = PathOf(owner, hash);
        if (File.Exists(path)) File.Delete(path);
    }

    /// <summary>Removes an owner's folder when its last file has gone.</summary>
    public void RemoveEmpty(long owner)
    {
        var folder = new DirectoryInfo(Path.Combine(root, $"{owner}"));
        if (!folder.Exists) return;
        foreach (var part in folder.EnumerateDirectories().Where(static part => !part.EnumerateFileSystemInfos().Any()).ToList()) part.Delete();
        if (!folder.EnumerateFileSystemInfos().Any()) folder.Delete();
    }

    /// <summary>The folders that hold files, each small enough to be looked at in one go.</summary>
    public IReadOnlyList<string> Folders()
        => Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories)] : [];

    /// <summary>Removes files that nobody knows: those of recordings that a crash ended before they were accepted.</summary>
    /// <param name="folder">One of <see cref="Folders"/>.</param>
    /// <param name="isKnown">Whether an owner has a content.</param>
    /// <returns>How many were removed.</returns>
    public static int RemoveUnknown(string folder, Func<long, byte[], bool> isKnown)
    {
        if (!Directory.Exists(folder) || !long.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), out var owner)) return 0;
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(folder).ToList())
        {
            if (HashOf(folder, file) is { } hash && isKnown(owner, hash)) continue;
            File.Delete(file);
            removed++;
        }

        return removed;
    }

    private static byte[]? HashOf(string folder, string file)
    {
        var text = Path.GetFileName(folder) + Path.GetFileName(file);
        return text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(text) : null;
    }

    private string PathOf(long owner, ReadOnlySpan<byte> hash)
    {
        var text = Convert.ToHexStringLower(hash);
        return Path.Combine(root, $"{owner}", text[..2], text[2..]);
    }
}
