using EdgeHost.ModelImport.TensorFlowJs;
using EdgeHost.ModelImport.TensorFlowLite;
using EdgeHost.ModelImport.Values;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelTools;
using Microsoft.Extensions.Options;

namespace EdgeHost.ModelImport;

/// <summary>Makes ONNX graphs of TensorFlow.js graph models and TensorFlow Lite files. Thread-safe.</summary>
public sealed class ModelImporter : IModelImporter
{
    private readonly ModelImportOptions _options;
    private readonly IGraphCheck? _check;

    /// <summary>Creates an importer.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="check">Tries what was made; null for not at all.</param>
    public ModelImporter(IOptions<ModelImportOptions> options, IGraphCheck? check = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _check = check;
    }

    /// <inheritdoc/>
    /// <remarks>Raised by hand with whatever changes the graph that files give.</remarks>
    public string Version => "1";

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ImportAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> graph;
        try
        {
            graph = Convert(request, files, cancellationToken).ToBytes();
        }
        catch (EdgeHostException e)
        {
            throw new EdgeHostException(e.Code, $"{request.Model}: {e.Message}", e) { Details = e.Details };
        }

        if (_check is not null) await _check.CheckAsync(graph, cancellationToken).ConfigureAwait(false);
        return graph;
    }

    private ModelProto Convert(ImportRequest request, List<(string Name, ReadOnlyMemory<byte> Content)> files, CancellationToken cancellationToken) => request.Format switch
    {
        ModelFormat.TensorFlowJs => TfjsConverter.Convert(
            files[0].Content, files.Skip(1).ToDictionary(file => RelativeTo(files[0].Name, file.Name), file => file.Content, StringComparer.Ordinal), request.Means, _options, cancellationToken),
        ModelFormat.TensorFlowLite when request.Means.Count > 0 => throw ImportProblem.Unknown("means of inner values are only made of TensorFlow.js models; leave 'means' out"),
        ModelFormat.TensorFlowLite => files.Count == 1
            ? TfliteConverter.Convert(files[0].Content, _options, cancellationToken)
            : throw ImportProblem.Damaged($"a TensorFlow Lite model is one file, and {files.Count} are named"),
        _ => throw ImportProblem.Unknown($"{request.Format} is not read"),
    };

    // A topology names its weights from where it lies itself.
    private static string RelativeTo(string topology, string file)
    {
        var folder = topology[..(topology.LastIndexOf('/') + 1)];
        return file.StartsWith(folder, StringComparison.Ordinal) ? file[folder.Length..] : file;
    }

    private async Task<List<(string Name, ReadOnlyMemory<byte> Content)>> ReadAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        long total = 0;
        foreach (var (name, path) in request.Files)
        {
            total += new FileInfo(path).Length;
            if (total > _options.MaxSourceBytes) throw ImportProblem.TooLarge($"its files have more than {_options.MaxSourceBytes} bytes at '{ImportProblem.Name(name)}'", nameof(_options.MaxSourceBytes));
        }

        var files = new List<(string, ReadOnlyMemory<byte>)>();
        foreach (var (name, path) in request.Files) files.Add((name, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)));
        return files;
    }
}
