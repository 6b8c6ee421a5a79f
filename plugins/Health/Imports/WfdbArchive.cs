using System.IO.Compression;
using EdgeHost.Capabilities.Health;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>A ZIP archive of one WFDB record: its header, the headers of its segments if it has several, signal files and annotations, in any folders. What the record does not name is not unpacked.</summary>
internal sealed class WfdbArchive
{
    private const string HeaderExtension = ".hea";
    private const string AnnotationExtension = ".atr";
    private const int MostFiles = 256;
    private const int MostFilesOfSegment = 4;

    private readonly ILookup<string, ZipArchiveEntry> _entries;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly int _mostBytes;
    private long _left;

    private WfdbArchive(ZipArchive archive, int mostBytes)
    {
        _entries = archive.Entries.Where(static entry => entry.Name.Length > 0).ToLookup(static entry => entry.Name, StringComparer.Ordinal);
        (_mostBytes, _left) = (mostBytes, mostBytes);
    }

    /// <summary>Unpacks a record.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="marks">Annotations that are taken in place of those of the archive, or null.</param>
    /// <param name="mostBytes">The most bytes that its files may have together.</param>
    /// <exception cref="EdgeHostException">As <see cref="WfdbFiles.Open(ImportHealthRequest, int)"/> says.</exception>
    public static WfdbFiles Open(byte[] bytes, byte[]? marks, int mostBytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            return new WfdbArchive(zip, mostBytes).Unpack(zip.Entries.Count, marks);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument, "The WFDB record is no ZIP archive, or a damaged one. Send the header as 'header' and the signal file as 'data', or an archive with all files of the record.", e);
        }
    }

    private WfdbFiles Unpack(int count, byte[]? marks)
    {
        List<string> names = [.. _entries.Select(static entry => entry.Key).Where(static name => name.EndsWith(HeaderExtension, StringComparison.OrdinalIgnoreCase))];
        var headerCount = names.Sum(name => _entries[name].Count());
        if (headerCount is 0 or > WfdbMasterHeader.MostSegments + 1) throw WfdbFiles.Invalid($"the archive has {headerCount} headers ({HeaderExtension}); it takes one record at a time");
        Dictionary<string, string> headers = names.ToDictionary(static name => name, name => WfdbFiles.TextOf(Load(name)), StringComparer.Ordinal);
        var masters = headerCount == 1 ? names : names.Where(name => WfdbMasterHeader.Find(headers[name]) is not null).ToList();
        if (masters is not [var main])
            throw WfdbFiles.Invalid($"the archive has {headerCount} headers ({HeaderExtension}), {masters.Count} of them of records of several segments; it takes one record at a time");
        var master = WfdbMasterHeader.Find(headers[main]);
        var segments = master?.Segments ?? [];
        CheckNames(names, main, segments);
        if (count > MostFiles + (MostFilesOfSegment * segments.Count)) throw WfdbFiles.Invalid($"the archive has {count} files; at most {MostFiles + (MostFilesOfSegment * segments.Count)} are read");

        // A header that is missing is told of by the reader, which needs it.
        foreach (var header in segments.Count == 0 ? names : segments.Select(static segment => segment.Name + HeaderExtension).Distinct().Where(headers.ContainsKey))
        {
            foreach (var file in WfdbHeader.Parse(headers[header]).FileNames) Load(file);
        }

        var annotations = (master?.Name ?? WfdbHeader.Parse(headers[main]).Name) + AnnotationExtension;
        return new WfdbFiles(headers[main], _files, WfdbFiles.Annotate(marks ?? (_entries.Contains(annotations) ? Load(annotations) : null)));
    }

    private static void CheckNames(List<string> headers, string main, IReadOnlyList<WfdbSegment> segments)
    {
        var known = segments.Select(static segment => segment.Name + HeaderExtension).Append(main).ToHashSet(StringComparer.Ordinal);
        if (headers.Find(name => !known.Contains(name)) is { } other) throw WfdbFiles.Invalid($"the archive has a header '{other}', which is of no segment of '{main}'; it takes one record at a time");
    }

    // An archive says how long its files are, and may lie: nothing beyond the limit is unpacked.
    private byte[] Load(string name)
    {
        if (_files.TryGetValue(name, out var known)) return known;
        if (_entries[name].ToList() is not [var entry]) throw WfdbFiles.Invalid($"the archive has no file '{name}', or two, which the record needs");
        if (entry.Length > _left) throw WfdbFiles.Invalid($"its files have more than {_mostBytes} bytes; send a shorter record, or raise the plugin's setting 'health:max_import_bytes'");
        _left -= entry.Length;
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return stream.ReadByte() < 0 ? _files[name] = bytes : throw WfdbFiles.Invalid($"the archive says that '{name}' has {bytes.Length} bytes, and it has more");
    }
}
