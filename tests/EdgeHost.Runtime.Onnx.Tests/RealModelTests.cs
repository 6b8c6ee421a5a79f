using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Onnx.Tests;

/// <summary>Models from the world outside, where they are on this machine.</summary>
public sealed class RealModelTests : IDisposable
{
    private readonly OnnxFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [SharedDataFact("mirror/yolox_nano.onnx")]
    public Task LoadAndRun_ObjectDetector_GivesTensorsOfTheDeclaredTypes() => RunOnceAsync("mirror/yolox_nano.onnx");

    [SharedDataTheory("models/translation-en-fr")]
    [InlineData("models/translation-en-fr/encoder_model_quantized.onnx")]
    [InlineData("models/translation-en-fr/decoder_model_merged_quantized.onnx")]
    public Task LoadAndRun_Translator_GivesTensorsOfTheDeclaredTypes(string file) => RunOnceAsync(file);

    private async Task RunOnceAsync(string file)
    {
        var path = Repository.FindShared(file);
        Assert.NotNull(path);
        var artifact = new ModelArtifact
        {
            Id = "real",
            Version = "1",
            Variant = "any",
            GraphPath = path,
            GraphSha256 = new string('0', 64),
            Files = new Dictionary<string, string>(),
            SizeBytes = new FileInfo(path).Length,
        };
        using var session = await _fixture.Engine.LoadAsync(artifact, _fixture.Cpu, CancellationToken.None);
        Assert.InRange(session.MeasureMemory().TotalBytes, artifact.SizeBytes, (4 * artifact.SizeBytes) + (32L << 20));
        var inputs = session.Inputs.Select(input => new NamedValue(input.Name, Make(input))).ToArray();

        var outputs = session.Run(new ModelStep { Inputs = inputs }, CancellationToken.None);

        Assert.Equal(session.Outputs.Select(output => output.ElementType), outputs.Select(output => output.ElementType));
        Assert.All(outputs, output => Assert.False(output.Shape.IsDynamic));
        foreach (var value in inputs.Select(input => input.Value).Concat(outputs))
        {
            value.Dispose();
        }

        // Caches of earlier steps start without a row: their third axis is empty.
        ModelValue Make(TensorDescription input)
        {
            var isCache = input.Name.StartsWith("past", StringComparison.Ordinal);
            var dimensions = input.Shape.Dimensions.ToArray();
            for (var i = 0; i < dimensions.Length; i++)
            {
                if (dimensions[i] < 0) dimensions[i] = isCache && i == 2 ? 0 : 1;
            }

            var value = session.CreateValue(input.ElementType, new TensorShape(dimensions));
            if (input.ElementType == ElementType.Int64) value.AsSpan<long>().Fill(1);
            if (input.ElementType == ElementType.Float32) value.AsSpan<float>().Clear();
            if (input.ElementType == ElementType.Bool) value.AsSpan<bool>().Clear();
            return value;
        }
    }
}
