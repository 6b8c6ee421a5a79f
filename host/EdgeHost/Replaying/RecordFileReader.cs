using EdgeHost.Capabilities.Health;
using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Replaying;

/// <summary>Reads the files that <c>edgehost health replay</c> takes: the header of a WFDB record, or CSV.</summary>
internal static class RecordFileReader
{
    /// <summary>The largest file, 256 MiB: it is read into memory.</summary>
    public const long MostBytes = 256L << 20;

    /// <param name="path">A <c>.hea</c> file, whose signal file is beside it, or CSV.</param>
    /// <param name="signal">The name of the signal, or null for the first one that is an ECG or a pulse signal.</param>
    /// <param name="kind">What the signal is of, or null for what its name tells.</param>
    /// <exception cref="UsageException">The file cannot be read, is none, or has no such signal.</exception>
    /// <exception cref="EdgeHostException">It is a record, and damaged.</exception>
    public static RecordedFile Read(string path, string? signal, WaveKind? kind)
    {
        try
        {
            Check(path);
            if (string.Equals(Path.GetExtension(path), ".hea", StringComparison.OrdinalIgnoreCase)) return WfdbFileReader.Read(path, signal, kind);
            return CsvFileReader.Read(path, signal, kind);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be read: {e.Message}");
        }
    }

    /// <exception cref="UsageException">The file is larger than what is read.</exception>
    internal static void Check(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MostBytes } file) throw new UsageException($"The file {path} has {file.Length} bytes; at most {MostBytes} are read.");
    }
}
