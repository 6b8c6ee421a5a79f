using EdgeHost.PluginSdk;

namespace EdgeHost.TestKit;

/// <summary>A tensor in a managed array that tells whether it was disposed.</summary>
public sealed class SimulatedValue : ModelValue
{
    private byte[]? _bytes;

    public SimulatedValue(ElementType elementType, TensorShape shape)
        : base(elementType, shape)
    {
        _bytes = new byte[checked((int)(shape.ElementCount * elementType.SizeInBytes()))];
    }

    public bool IsDisposed => Volatile.Read(ref _bytes) is null;

    /// <summary>A value with this content.</summary>
    public static SimulatedValue Of<T>(TensorShape shape, params ReadOnlySpan<T> content)
        where T : unmanaged
    {
        var value = new SimulatedValue(ElementTypes.Of<T>(), shape);
        content.CopyTo(value.AsSpan<T>());
        return value;
    }

    protected override Span<byte> GetBytes() => _bytes ?? throw new ObjectDisposedException(nameof(SimulatedValue));

    protected override void Dispose(bool disposing) => Volatile.Write(ref _bytes, null);
}
