using System.Security.Cryptography;
using EdgeHost.ModelImport;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Host.Importing;

/// <summary>
/// Tries a graph on the processor with the engine that will run it. Whatever type and shape its inputs have, they are filled with noise: floats from 0 to 1, whole
/// numbers from 0 to 1, which every index and every pixel may be. An open first dimension is taken as 1; with another one open the graph is loaded and not run,
/// for nobody knows which sizes fit. Thread-safe.
/// </summary>
internal sealed class EngineGraphCheck(IInferenceEngine engine) : IGraphCheck
{
    private const int Seed = 20;

    /// <inheritdoc/>
    public async Task<GraphCheckReport> CheckAsync(ReadOnlyMemory<byte> onnx, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("edgehost-");
        try
        {
            var path = Path.Combine(folder.FullName, "model.onnx");
            await File.WriteAllBytesAsync(path, onnx, cancellationToken).ConfigureAwait(false);
            using var session = await LoadAsync(path, onnx, cancellationToken).ConfigureAwait(false);
            GraphPort[] inputs = [.. session.Inputs.Select(input => new GraphPort(input.Name, input.ElementType, input.Shape))];
            if (inputs.Any(input => input.Shape.Rank > 1 && input.Shape.Dimensions[1..].Contains(-1)))
            {
                return new GraphCheckReport(inputs, [.. session.Outputs.Select(output => new GraphPort(output.Name, output.ElementType, output.Shape))], 0);
            }

            var (outputs, values) = Run(session, cancellationToken);
            return new GraphCheckReport(inputs, outputs, values);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IEngineSession> LoadAsync(string path, ReadOnlyMemory<byte> onnx, CancellationToken cancellationToken)
    {
        var processor = engine.GetDevices().First(device => device is { Kind: DeviceKind.Cpu, IsVirtual: false });
        var artifact = new ModelArtifact
        {
            Id = "imported",
            Version = "1",
            Variant = "check",
            GraphPath = path,
            GraphSha256 = Convert.ToHexStringLower(SHA256.HashData(onnx.Span)),
            Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["model.onnx"] = path },
            SizeBytes = onnx.Length,
            IsPassing = true,
        };
        try
        {
            return await engine.LoadAsync(artifact, processor, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            throw Failed($"does not load: {e.Message}", e);
        }
    }

    private static (GraphPort[] Outputs, long Values) Run(IEngineSession session, CancellationToken cancellationToken)
    {
        var inputs = new List<NamedValue>();
        IReadOnlyList<ModelValue> outputs = [];
        try
        {
            foreach (var input in session.Inputs) inputs.Add(new NamedValue(input.Name, Noise(session, input)));
            outputs = session.Run(new ModelStep { Inputs = inputs, Outputs = [.. session.Outputs.Select(output => output.Name)] }, cancellationToken);
            return ([.. session.Outputs.Zip(outputs, Compare)], outputs.Sum(output => output.Shape.ElementCount));
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            throw Failed($"does not run: {e.Message}", e);
        }
        finally
        {
            foreach (var output in outputs) output.Dispose();
            foreach (var input in inputs) input.Value.Dispose();
        }
    }

    private static GraphPort Compare(TensorDescription said, ModelValue found)
    {
        var fits = said.Shape.Rank == found.Shape.Rank && said.ElementType == found.ElementType;
        for (var i = 0; fits && i < said.Shape.Rank; i++) fits = said.Shape[i] < 0 || said.Shape[i] == found.Shape[i];
        if (!fits) throw Failed($"says that '{said.Name}' is {said.ElementType} {said.Shape}, and gives {found.ElementType} {found.Shape}", null);
        if (found.ElementType == ElementType.Float32 && found.AsSpan<float>().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is >= 0 and var at)
        {
            throw Failed($"gives {found.AsSpan<float>()[at]} in '{said.Name}' for noise", null);
        }

        return new GraphPort(said.Name, found.ElementType, found.Shape);
    }

    private static ModelValue Noise(IEngineSession session, TensorDescription input)
    {
        var shape = new long[input.Shape.Rank];
        for (var i = 0; i < shape.Length; i++) shape[i] = Math.Max(1, input.Shape[i]);
        var value = session.CreateValue(input.ElementType, new TensorShape(shape));
#pragma warning disable CA5394 // Noise, not a secret: the same for each check.
        var random = new Random(Seed);
        switch (input.ElementType)
        {
            case ElementType.Float32:
                foreach (ref var number in value.AsSpan<float>()) number = random.NextSingle();
                break;
            case ElementType.Int32:
                foreach (ref var number in value.AsSpan<int>()) number = random.Next(2);
                break;
            case ElementType.Int64:
                foreach (ref var number in value.AsSpan<long>()) number = random.Next(2);
                break;
            case ElementType.UInt8:
                random.NextBytes(value.AsSpan<byte>());
                break;
            default:
                // Zero is a number of every other type.
                break;
        }
#pragma warning restore CA5394

        return value;
    }

    private static EdgeHostException Failed(string what, Exception? cause)
        => new(ErrorCode.FailedPrecondition, $"The imported graph did not pass its check: it {what}.", cause);
}
