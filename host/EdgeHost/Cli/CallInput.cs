namespace EdgeHost.Host.Cli;

/// <summary>What a command line of <c>call</c> pushes, and that only one thing reads standard input.</summary>
/// <param name="Lines">Whether standard input is pushed, a JSON value a line.</param>
/// <param name="Field">The field that takes standard input's bytes, or null.</param>
/// <param name="File">The field and file whose bytes are pushed, or null.</param>
/// <param name="ChunkBytes">Bytes of a chunk, from 1 to 32 MiB.</param>
internal sealed record CallInput(bool Lines, string? Field, FieldAndPath? File, int ChunkBytes)
{
    private const int MostChunkBytes = 32 << 20;

    /// <summary>Whether anything was asked to be pushed.</summary>
    public bool IsGiven => Lines || Field is not null || File is not null;

    /// <summary>Checks that options do not contradict each other.</summary>
    /// <param name="otherReaders">How many other options read standard input.</param>
    /// <param name="pushes">Whether the method takes pushes; then standard input is pushed even where no option says so.</param>
    /// <exception cref="UsageException">They do.</exception>
    public void Check(int otherReaders, bool pushes)
    {
        if (new[] { Lines, Field is not null, File is not null }.Count(given => given) > 1) throw new UsageException("--push, --push-bytes and --push-file exclude each other.");
        if (ChunkBytes is < 1 or > MostChunkBytes) throw new UsageException($"--chunk is {ChunkBytes}; allowed are 1 to {MostChunkBytes}.");
        var reads = otherReaders + (ReadsStandardInput || (pushes && !IsGiven) ? 1 : 0);
        if (reads > 1) throw new UsageException("Only one of --json -, --file FIELD=- and what is pushed can read standard input; push a file with --push-file FIELD=PATH.");
    }

    /// <summary>Opens what is pushed.</summary>
    /// <param name="mostBytes">The longest line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<byte[]> Open(int mostBytes, CancellationToken cancellationToken)
    {
        if (File is { Path: not "-" } file) return PushedInput.ChunksAsync(OpenFile(file.Path), file.Field, ChunkBytes, cancellationToken);
        var input = Console.OpenStandardInput();
        return (File?.Field ?? Field) is { } field
            ? PushedInput.ChunksAsync(input, field, ChunkBytes, cancellationToken)
            : PushedInput.LinesAsync(input, mostBytes, cancellationToken);
    }

    private bool ReadsStandardInput => Lines || Field is not null || File is { Path: "-" };

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be read: {e.Message}");
        }
    }
}
