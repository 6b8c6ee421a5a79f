using EdgeHost.PluginSdk;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.TestKit.Onnx;

/// <summary>A value in ONNX Runtime's own memory.</summary>
internal sealed class DirectModelValue : ModelValue
{
    private OrtValue? _value;

    private DirectModelValue(OrtValue value, ElementType elementType, TensorShape shape)
        : base(elementType, shape)
        => _value = value;

    public OrtValue Value => _value ?? throw new ObjectDisposedException(nameof(DirectModelValue));

    public static DirectModelValue Allocate(ElementType elementType, TensorShape shape)
    {
        var value = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, (TensorElementType)elementType, shape.Dimensions.ToArray());
        return new DirectModelValue(value, elementType, shape);
    }

    public static DirectModelValue Own(OrtValue value)
    {
        var description = value.GetTensorTypeAndShape();
        return new DirectModelValue(value, (ElementType)description.ElementDataType, new TensorShape(description.Shape));
    }

    protected override Span<byte> GetBytes() => Value.GetTensorMutableRawData();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Interlocked.Exchange(ref _value, null)?.Dispose();
    }
}
