using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>The models that ship as they were before they were quantised, from the shared data: these give the reference's texts to the letter.</summary>
internal sealed class FloatModels : IModelSource
{
    public ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
    {
        var isDecoder = model.EndsWith("-decoder", StringComparison.Ordinal);
        var folder = Repository.FindShared($"models/{(isDecoder ? model[..^"-decoder".Length] : model)}")!;
        return new(new ModelArtifact
        {
            Id = model,
            Version = "1.0.0",
            Variant = "fp32",
            GraphPath = Path.Combine(folder, isDecoder ? "decoder_model_merged.onnx" : "encoder_model.onnx"),
            GraphSha256 = string.Empty,
            SizeBytes = 0,
            Files = Directory.EnumerateFiles(folder).ToDictionary(static path => Path.GetFileName(path), static path => path),
        });
    }
}
