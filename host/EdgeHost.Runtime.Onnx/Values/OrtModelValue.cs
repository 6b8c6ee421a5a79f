using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Onnx.Memory;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Values;

/// <summary>
/// A tensor in memory that ONNX Runtime reads and writes without a copy. Runs hold it while they read it, so that its owner may dispose it at any
/// moment, even when a run was given up and goes on; the memory is freed by whoever lets go last.
/// </summary>
internal sealed unsafe class OrtModelValue : ModelValue
{
    private readonly OrtValue _value;
    private readonly NativeMemoryMeter? _meter;
    private readonly byte* _data;
    private readonly long _length;
    private int _holders = 1;
    private int _isDisposed;

    /// <summary>Takes over a value.</summary>
    /// <param name="value">It; disposed with the last holder.</param>
    /// <param name="elementType">Its element type.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="meter">Told of its bytes; null for a value whose memory belongs to a session's arena.</param>
    public OrtModelValue(OrtValue value, ElementType elementType, TensorShape shape, NativeMemoryMeter? meter)
        : base(elementType, shape)
    {
        _value = value;
        if (elementType == ElementType.String) return;
        _length = shape.ElementCount * elementType.SizeInBytes();
        if (_length is > 0 and <= int.MaxValue)
        {
            // Native memory does not move, so the address is asked for once and not at every access.
            _data = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(value.GetTensorMutableRawData()));
            if (_data is null) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"There was no memory for a value of {elementType} {shape}.");
        }

        _meter = meter;
        _meter?.AddValue(_length);
    }

    /// <summary>Holds the value for a run; <see cref="Release"/> lets go.</summary>
    /// <returns>What the run takes.</returns>
    /// <exception cref="ObjectDisposedException">Its owner disposed it.</exception>
    public OrtValue Hold()
    {
        // A count of zero never rises again, so a value that is freed, or about to be, cannot be held.
        for (var holders = Volatile.Read(ref _holders); holders > 0 && Volatile.Read(ref _isDisposed) == 0; holders = Volatile.Read(ref _holders))
        {
            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders) return _value;
        }

        throw new ObjectDisposedException(nameof(OrtModelValue));
    }

    /// <summary>Ends a hold.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0) return;
        _value.Dispose();
        _meter?.AddValue(-_length);
    }

    /// <summary>Sets every byte to zero.</summary>
    public void Clear()
    {
        if (_length <= int.MaxValue) GetBytes().Clear();
    }

    protected override Span<byte> GetBytes()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        if (ElementType == ElementType.String) throw new InvalidOperationException("A value of text has no bytes to view.");
        if (_length > int.MaxValue) throw new InvalidOperationException($"A value of {_length} bytes is too large to view at once.");
        return new Span<byte>(_data, (int)_length);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0) Release();
    }
}
