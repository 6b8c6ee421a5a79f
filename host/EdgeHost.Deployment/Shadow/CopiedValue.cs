using System.Buffers;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Deployment.Shadow;

/// <summary>A copy of a value in a pooled buffer. Its owner disposes it once, which gives the buffer back; not thread-safe.</summary>
internal sealed class CopiedValue : IDisposable
{
    private readonly int _length;
    private byte[]? _buffer;

    private CopiedValue(string name, ElementType elementType, TensorShape shape, ReadOnlySpan<byte> bytes)
    {
        Name = name;
        ElementType = elementType;
        Shape = shape;
        _length = bytes.Length;
        _buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(_buffer);
    }

    /// <summary>The input's name; empty for an output.</summary>
    public string Name { get; }

    public ElementType ElementType { get; }

    public TensorShape Shape { get; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>How many bytes a copy takes; null for a value of a kind that is not copied.</summary>
    public static long? SizeOf(ModelValue value)
        => TensorBytes.CanCopy(value.ElementType) ? value.Shape.ElementCount * value.ElementType.SizeInBytes() : null;

    /// <exception cref="InvalidOperationException">The value lies where the processor cannot read it.</exception>
    public static CopiedValue Of(string name, ModelValue value) => new(name, value.ElementType, value.Shape, TensorBytes.Of(value));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer) ArrayPool<byte>.Shared.Return(buffer);
    }
}
