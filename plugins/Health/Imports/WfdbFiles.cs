using System.IO.Compression;
using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>The files of one WFDB record: given one by one, or as a ZIP archive.</summary>
/// <param name="Header">The header.</param>
/// <param name="Signals">The signal files by their names.</param>
/// <param name="Annotations">The annotations for reference; empty where there are none.</param>
internal sealed record WfdbFiles(WfdbHeader Header, IReadOnlyDictionary<string, byte[]> Signals, IReadOnlyList<WfdbAnnotation> Annotations)
{
    private const int MostFiles = 256;
    private const int MostAnnotations = 1_000_000;

    /// <summary>Opens what was sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mostBytes">The most bytes that the files of an archive may have together.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: it is no record, or a file is missing; <see cref="ErrorCode.DataLoss"/>: it is damaged;
    /// <see cref="ErrorCode.ResourceExhausted"/>: there are too many annotations.
    /// </exception>
    public static WfdbFiles Open(ImportHealthRequest request, int mostBytes)
    {
        if (request.Header is not { IsEmpty: false } header) return Unpack(request, mostBytes);
        var parsed = WfdbHeader.Parse(TextOf(header.Span));
        if (parsed.FileNames is not [var file])
        {
            throw Invalid(
                parsed.FileNames.Count == 0
                    ? "the header has no signal"
                    : $"its signals are in {parsed.FileNames.Count} files ({string.Join(", ", parsed.FileNames.Take(4))}); send a ZIP archive of them and the header as 'data', without 'header'");
        }

        // Copies: what the app shares with the host may change while it is read.
        return new WfdbFiles(parsed, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = request.Data.ToArray() }, Annotate(MarksOf(request)));
    }

    // An app that has none may say so with an empty field.
    private static byte[]? MarksOf(ImportHealthRequest request) => request.Annotations is { IsEmpty: false } marks ? marks.ToArray() : null;

    private static WfdbFiles Unpack(ImportHealthRequest request, int mostBytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(request.Data.ToArray(), writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostFiles) throw Invalid($"the archive has {archive.Entries.Count} files; at most {MostFiles} are read");
            var files = archive.Entries.Where(static entry => entry.Name.Length > 0).ToLookup(static entry => entry.Name, StringComparer.Ordinal);
            var headers = files.Where(static file => file.Key.EndsWith(".hea", StringComparison.OrdinalIgnoreCase)).SelectMany(static file => file).ToList();
            if (headers is not [var header]) throw Invalid($"the archive has {headers.Count} headers (.hea); it takes one record at a time");
            var left = (long)mostBytes;
            var parsed = WfdbHeader.Parse(TextOf(Read(header, ref left, mostBytes)));
            var signals = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var name in parsed.FileNames)
            {
                if (files[name].ToList() is not [var entry]) throw Invalid($"the archive has no file '{name}', or two, in which the header has signals");
                signals[name] = Read(entry, ref left, mostBytes);
            }

            var marks = MarksOf(request) ?? (files[parsed.Name + ".atr"].FirstOrDefault() is { } found ? Read(found, ref left, mostBytes) : null);
            return new WfdbFiles(parsed, signals, Annotate(marks));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "The WFDB record is no ZIP archive, or a damaged one. Send the header as 'header' and the signal file as 'data', or an archive with both.", e);
        }
    }

    // An archive says how long its files are, and may lie: nothing beyond the limit is unpacked.
    private static byte[] Read(ZipArchiveEntry entry, ref long left, int most)
    {
        if (entry.Length > left)
            throw Invalid($"its files have more than {most} bytes; send a shorter record, or raise the plugin's setting 'health:max_import_bytes'");
        left -= entry.Length;
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return stream.ReadByte() < 0 ? bytes : throw Invalid($"the archive says that '{entry.Name}' has {bytes.Length} bytes, and it has more");
    }

    private static string TextOf(ReadOnlySpan<byte> header)
        => header.Length <= WfdbHeader.MostCharacters ? Encoding.UTF8.GetString(header) : throw Invalid($"its header has {header.Length} bytes; at most {WfdbHeader.MostCharacters} are read");

    private static IReadOnlyList<WfdbAnnotation> Annotate(byte[]? bytes)
    {
        if (bytes is null) return [];
        using var stream = new MemoryStream(bytes, writable: false);
        return WfdbAnnotationReader.Read(stream, MostAnnotations);
    }

    private static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, $"The WFDB record cannot be read: {problem}.");
}
