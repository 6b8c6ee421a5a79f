using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using EdgeHost.TestKit.Onnx.Decoders;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>Tiny decoders on the disk, run by ONNX Runtime: <c>plain</c> and <c>grouped</c>.</summary>
public sealed class TinyModels : IModelSource, IDisposable
{
    private readonly TempFolder _folder = new();

    public TinyModels(Action<string>? change = null, int? end = null)
    {
        TinyFolder.Write(_folder.Combine("plain"), Weights, isGrouped: false, end);
        TinyFolder.Write(_folder.Combine("grouped"), Weights, isGrouped: true, end);
        change?.Invoke(_folder.Combine("plain"));
        Provider = new DirectModelProvider(this);
    }

    public TinyWeights Weights { get; } = new(new TinyShape());

    public TinyReference Reference => new(Weights);

    public DirectModelProvider Provider { get; }

    public ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        var folder = _folder.Combine(model);
        var files = Directory.EnumerateFiles(folder, "*.json").ToDictionary(static file => Path.GetFileName(file), static file => file, StringComparer.Ordinal);
        return new ValueTask<ModelArtifact>(new ModelArtifact
        {
            Id = model,
            Version = "1",
            Variant = "fp32",
            GraphPath = Path.Combine(folder, "onnx", "model.onnx"),
            GraphSha256 = string.Empty,
            Files = files,
            SizeBytes = 1,
            Properties = new Dictionary<string, string> { ["cache_padding"] = model == "grouped" ? "right" : "left" },
        });
    }

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken)
        => new(task == "text-generation" ? [.. new[] { "plain", "grouped" }.Select(static id => new AvailableModel { Id = id, Version = "1", IsInstalled = true })] : []);

    public void Dispose()
    {
        Provider.Dispose();
        _folder.Dispose();
    }
}
