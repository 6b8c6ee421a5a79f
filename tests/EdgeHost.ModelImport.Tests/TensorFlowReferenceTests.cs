using System.Diagnostics;
using System.Text.Json;
using EdgeHost.TestKit;

namespace EdgeHost.ModelImport.Tests;

/// <summary>Real models give what TensorFlow.js itself gives. Its larger models take it a minute and more, so those are in docs/models-import.md alone.</summary>
public sealed class TensorFlowReferenceTests
{
    private const float MostDifference = 1e-3f;

    [NpmTheory("@vladmandic/human@3.3.6", "@tensorflow/tfjs@4.22.0")]
    [InlineData("emotion")]
    [InlineData("antispoof")]
    [InlineData("facemesh")]
    public async Task Convert_RealModel_GivesWhatTensorFlowGives(string name)
    {
        using var folder = new TempFolder();
        var topology = Path.Combine(NpmTheoryAttribute.Folder, "node_modules", "@vladmandic", "human", "models", $"{name}.json");
        var file = Path.Combine(folder.Path, "outputs.json");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "EdgeHost.ModelImport.Tests", "reference.js"), NpmTheoryAttribute.Folder, topology, file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var errors = node.StandardError.ReadToEndAsync(limit.Token);
        await node.StandardOutput.ReadToEndAsync(limit.Token);
        await node.WaitForExitAsync(limit.Token);
        Assert.True(node.ExitCode == 0, await errors);
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(file));

        var results = await RunAsync(topology);

        foreach (var output in expected.RootElement.EnumerateArray())
        {
            var (shape, values) = results[output.GetProperty("name").GetString()!];
            Assert.Equal(output.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()), shape);
            Assert.InRange(output.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()).Zip(values).Max(pair => Math.Abs(pair.First - pair.Second)), 0, MostDifference);
        }
    }

    private static async Task<Dictionary<string, (int[] Shape, float[] Values)>> RunAsync(string topology)
    {
        var weights = Path.ChangeExtension(topology, ".bin");
        var model = TensorFlowJs.TfjsConverter.Convert(
            await File.ReadAllBytesAsync(topology),
            new Dictionary<string, ReadOnlyMemory<byte>> { [Path.GetFileName(weights)] = await File.ReadAllBytesAsync(weights) },
            [],
            new ModelImportOptions(),
            default);
        var input = model.Graph!.Inputs[0];
        int[] shape = [.. input.Tensor!.Shape!.Dimensions.Select(dimension => (int)Math.Max(1, dimension.Size ?? 1))];
        return OnnxRun.Run(model.ToBytes(), (input.Name, Noise.Floats(shape.Aggregate(1, static (a, b) => a * b)), shape));
    }
}
