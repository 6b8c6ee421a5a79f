using EdgeHost;

namespace PhotoShelf;

/// <summary>Looks at the photos of a folder that are new or changed, a few at a time.</summary>
internal sealed class Librarian(PhotoReader reader, Shelf shelf)
{
    private const int AtOnce = 4;
    private const long MostBytes = 64L << 20;

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"];

    /// <summary>Brings the shelf up to date.</summary>
    public async Task<Report> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var files = Find(folder);
        shelf.KeepOnly(files.Select(static file => file.Name).ToHashSet(StringComparer.Ordinal));
        var wanted = files.Where(file => !shelf.Knows(file.Name, file.Stamp)).ToList();
        var failed = new List<(string File, string Problem)>();
        using var progress = new ProgressBar(wanted.Count);
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (file, token) =>
        {
            try
            {
                if (file.Bytes > MostBytes) throw new EdgeHostException(ErrorCode.InvalidArgument, $"It has {file.Bytes:N0} bytes; photos of up to {MostBytes:N0} are looked at.");
                shelf.Keep(await reader.ReadAsync(file.Name, file.Stamp, await File.ReadAllBytesAsync(file.Path, token), token));
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
            {
                lock (failed) failed.Add((file.Name, e.Message));
            }

            progress.Step(file.Name);
        });
        return new Report(wanted.Count - failed.Count, files.Count - wanted.Count, failed, [.. reader.Missing]);
    }

    private static List<(string Path, string Name, string Stamp, long Bytes)> Find(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        return
        [
            .. from path in Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal)
               where Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
               let info = new FileInfo(path)
               select (path, Path.GetRelativePath(folder, path).Replace('\\', '/'), $"{info.Length} {info.LastWriteTimeUtc:O}", info.Length),
        ];
    }
}
