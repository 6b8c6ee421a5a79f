using System.Collections.Concurrent;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.TestKit.Onnx;

/// <summary>A loaded session and the files beside it.</summary>
internal sealed class DirectModel : IDisposable
{
    private readonly ModelArtifact _artifact;
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);

    public DirectModel(ModelArtifact artifact, InferenceSession session)
    {
        _artifact = artifact;
        Session = session;
        Description = new ModelDescription
        {
            Id = artifact.Id,
            Version = artifact.Version,
            Variant = artifact.Variant,
            Task = artifact.Task,
            Properties = artifact.Properties,
            Device = "cpu",
            DeviceKind = DeviceKind.Cpu,
            Inputs = Describe(session.InputNames, session.InputMetadata),
            Outputs = Describe(session.OutputNames, session.OutputMetadata),
        };
    }

    public InferenceSession Session { get; }

    public ModelDescription Description { get; }

    public async ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(string name, CancellationToken cancellationToken)
    {
        if (_files.TryGetValue(name, out var known)) return known;
        if (!_artifact.Files.TryGetValue(name, out var path))
        {
            throw new EdgeHostException(ErrorCode.NotFound, $"The model '{_artifact.Id}' has no file '{name}'.");
        }

        return _files[name] = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => Session.Dispose();

    private static List<TensorDescription> Describe(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata)
        => [.. names.Select(name => new TensorDescription(
            name,
            (ElementType)metadata[name].ElementDataType,
            new TensorShape(Array.ConvertAll(metadata[name].Dimensions, static side => (long)side))))];
}
