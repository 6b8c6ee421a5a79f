using EdgeHost.ModelTools;
using EdgeHost.Optimisation.Examples;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>An example's inputs as values of ONNX Runtime, over arrays of their own. Not thread-safe.</summary>
internal sealed class PreparedInputs : IDisposable
{
    private readonly List<OrtValue> _values = [];

    public PreparedInputs(ModelExample example, IReadOnlyList<string> names)
    {
        Example = example.Name;
        Names = names;
        try
        {
            foreach (var name in names)
            {
                if (!example.Inputs.TryGetValue(name, out var tensor)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"{example.Name} has nothing for the input '{name}'.");
                _values.Add(ToValue(tensor));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Example { get; }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<OrtValue> Values => _values;

    public void Dispose()
    {
        foreach (var value in _values) value.Dispose();
    }

    private static OrtValue ToValue(TensorProto tensor) => tensor.Type switch
    {
        ElementType.Float32 => Create<float>(tensor),
        ElementType.Float64 => Create<double>(tensor),
        ElementType.Int64 => Create<long>(tensor),
        ElementType.Int32 => Create<int>(tensor),
        ElementType.UInt8 => Create<byte>(tensor),
        ElementType.Int8 => Create<sbyte>(tensor),
        ElementType.Bool => Create<bool>(tensor),
        _ => throw new EdgeHostException(ErrorCode.InvalidArgument, $"Inputs of {tensor.Type} cannot be read from examples; use 32-bit floats or whole numbers."),
    };

    private static OrtValue Create<T>(TensorProto tensor)
        where T : unmanaged
        => OrtValue.CreateTensorValueFromMemory(tensor.ToArray<T>(), [.. tensor.Dimensions]);
}
