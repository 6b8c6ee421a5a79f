using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>The files of one WFDB record: given one by one, or as a ZIP archive (<see cref="WfdbArchive"/>).</summary>
/// <param name="Header">The text of the header.</param>
/// <param name="Files">The signal files and the headers of segments by their names.</param>
/// <param name="Annotations">The annotations for reference; empty where there are none.</param>
internal sealed record WfdbFiles(string Header, IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<WfdbAnnotation> Annotations)
{
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
        // Copies: what the app shares with the host may change while it is read. An app that has no annotations may say so with an empty field.
        var marks = request.Annotations is { IsEmpty: false } given ? given.ToArray() : null;
        if (request.Header is not { IsEmpty: false } header) return WfdbArchive.Open(request.Data.ToArray(), marks, mostBytes);
        var text = TextOf(header.Span);
        if (WfdbMasterHeader.Find(text) is not null) throw Invalid("its header is of several segments; send a ZIP archive of all headers and signal files as 'data', without 'header'");
        var names = WfdbHeader.Parse(text).FileNames;
        if (names is not [var file])
        {
            throw Invalid(
                names.Count == 0
                    ? "the header has no signal"
                    : $"its signals are in {names.Count} files ({string.Join(", ", names.Take(4))}); send a ZIP archive of them and the header as 'data', without 'header'");
        }

        return new WfdbFiles(text, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [file] = request.Data.ToArray() }, Annotate(marks));
    }

    /// <summary>The text of a header.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is too long.</exception>
    public static string TextOf(ReadOnlySpan<byte> header)
        => header.Length <= WfdbMasterHeader.MostCharacters ? Encoding.UTF8.GetString(header) : throw Invalid($"its header has {header.Length} bytes; at most {WfdbMasterHeader.MostCharacters} are read");

    /// <summary>Reads annotations; none of null.</summary>
    /// <exception cref="EdgeHostException">As <see cref="WfdbAnnotationReader.Read"/> says.</exception>
    public static IReadOnlyList<WfdbAnnotation> Annotate(byte[]? bytes)
    {
        if (bytes is null) return [];
        using var stream = new MemoryStream(bytes, writable: false);
        return WfdbAnnotationReader.Read(stream, MostAnnotations);
    }

    /// <summary>What is wrong with a record.</summary>
    public static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, $"The WFDB record cannot be read: {problem}.");

    /// <summary>Opens a file, or gives null where there is none of the name.</summary>
    public Stream? Open(string name) => Files.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null;
}
