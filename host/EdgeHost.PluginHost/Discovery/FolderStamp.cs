using System.IO.Enumeration;

namespace EdgeHost.PluginHost.Discovery;

/// <summary>
/// The names, sizes and times of all files below a folder as one value: equal stamps mean that nothing was written in between.
/// </summary>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Their bytes, the models folder left out.</param>
/// <param name="Digest">A digest that does not depend on the order of enumeration.</param>
internal readonly record struct FolderStamp(int Files, long Bytes, ulong Digest)
{
    /// <summary>The folder of model manifests: part of the stamp, but neither copied nor counted in bytes.</summary>
    public const string ModelsFolder = "models";

    private static readonly EnumerationOptions Recursive = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 16,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <summary>Takes the stamp of a folder.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: more files or bytes than allowed.</exception>
    /// <exception cref="IOException">The folder vanished or cannot be read.</exception>
    public static FolderStamp Take(string folder, int maxFiles, long maxBytes)
    {
        var files = 0;
        long bytes = 0;
        ulong digest = 0;
        FileFacts file = default;
        // The facts come out beside the enumeration: one of references runs code that the runtime has ready.
        var found = new FileSystemEnumerable<object?>(
            folder,
            (ref entry) =>
            {
                file = FileFacts.Of(ref entry);
                return null;
            },
            Recursive)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
        };
        foreach (var _ in found)
        {
            if (++files > maxFiles) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The folder holds more than {maxFiles} files.");
            if (!file.IsModel && (bytes += file.Length) > maxBytes)
            {
                throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The folder holds more than {maxBytes} bytes.");
            }

            digest += file.Digest();
        }

        return new FolderStamp(files, bytes, digest);
    }

    private readonly record struct FileFacts(ulong NameDigest, long Length, long WrittenTicks, bool IsModel)
    {
        public static FileFacts Of(ref FileSystemEntry entry)
        {
            var below = entry.Directory[entry.RootDirectory.Length..].TrimStart(Path.DirectorySeparatorChar);
            var digest = Mix(Mix(14695981039346656037, below), entry.FileName);
            var isModel = below.StartsWith(ModelsFolder, StringComparison.Ordinal)
                && (below.Length == ModelsFolder.Length || below[ModelsFolder.Length] == Path.DirectorySeparatorChar);
            return new FileFacts(digest, entry.Length, entry.LastWriteTimeUtc.UtcTicks, isModel);
        }

        public ulong Digest() => Mix(Mix(NameDigest, (ulong)Length), (ulong)WrittenTicks);

        private static ulong Mix(ulong digest, ReadOnlySpan<char> text)
        {
            foreach (var c in text) digest = (digest ^ c) * 1099511628211;
            return (digest ^ '/') * 1099511628211;
        }

        private static ulong Mix(ulong digest, ulong value)
        {
            // The finaliser of SplitMix64: each bit of the input changes half of the output, so sums of digests do not cancel.
            var mixed = digest ^ (value + 0x9E3779B97F4A7C15);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
