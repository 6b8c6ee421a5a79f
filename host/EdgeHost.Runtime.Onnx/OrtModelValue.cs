using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeHost.PluginSdk;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx;

/// <summary>A tensor in memory that ONNX Runtime reads and writes without a copy.</summary>
internal sealed unsafe class OrtModelValue : ModelValue
{
    private OrtValue? _value;
    private readonly byte* _data;
    private readonly long _length;

    /// <summary>Takes over a value.</summary>
    public OrtModelValue(OrtValue value, ElementType elementType, TensorShape shape)
        : base(elementType, shape)
    {
        _value = value;
        if (elementType == ElementType.String) return;
        _length = shape.ElementCount * elementType.SizeInBytes();
        if (_length is 0 or > int.MaxValue) return;

        // Native memory does not move, so the address is asked for once and not at every access.
        _data = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(value.GetTensorMutableRawData()));
        if (_data is null) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"There was no memory for a value of {elementType} {shape}.");
    }

    /// <summary>What a run takes.</summary>
    public OrtValue Value => _value ?? throw new ObjectDisposedException(nameof(OrtModelValue));

    protected override Span<byte> GetBytes()
    {
        ObjectDisposedException.ThrowIf(_value is null, this);
        if (ElementType == ElementType.String) throw new InvalidOperationException("A value of text has no bytes to view.");
        if (_length > int.MaxValue) throw new InvalidOperationException($"A value of {_length} bytes is too large to view at once.");
        return new Span<byte>(_data, (int)_length);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Interlocked.Exchange(ref _value, null)?.Dispose();
    }
}
