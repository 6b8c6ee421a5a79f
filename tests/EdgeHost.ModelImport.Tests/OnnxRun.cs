using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.ModelImport.Tests;

/// <summary>Runs graphs on the processor with ONNX Runtime itself.</summary>
internal static class OnnxRun
{
    /// <summary>All outputs by name, as floats with their shapes.</summary>
    public static Dictionary<string, (int[] Shape, float[] Values)> Run(ReadOnlyMemory<byte> graph, params (string Name, Array Values, int[] Shape)[] inputs)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(graph.ToArray(), options);
        NamedOnnxValue[] values = [.. inputs.Select(input => input.Values switch
        {
            float[] floats => NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>(floats, input.Shape)),
            int[] integers => NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<int>(integers, input.Shape)),
            byte[] bytes => NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<byte>(bytes, input.Shape)),
            var other => throw new ArgumentException($"{other.GetType()} is not used here."),
        })];
        using var results = session.Run(values);
        return results.ToDictionary(result => result.Name, Read, StringComparer.Ordinal);
    }

    private static (int[] Shape, float[] Values) Read(DisposableNamedOnnxValue value) => value.ElementType switch
    {
        TensorElementType.Float => (value.AsTensor<float>().Dimensions.ToArray(), value.AsTensor<float>().ToArray()),
        TensorElementType.Int32 => (value.AsTensor<int>().Dimensions.ToArray(), [.. value.AsTensor<int>().Select(number => (float)number)]),
        TensorElementType.UInt8 => (value.AsTensor<byte>().Dimensions.ToArray(), [.. value.AsTensor<byte>().Select(number => (float)number)]),
        TensorElementType.Bool => (value.AsTensor<bool>().Dimensions.ToArray(), [.. value.AsTensor<bool>().Select(flag => flag ? 1f : 0f)]),
        var other => throw new ArgumentException($"{other} is not used here."),
    };
}
