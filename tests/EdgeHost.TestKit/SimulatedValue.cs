using EdgeHost.PluginSdk;

namespace EdgeHost.TestKit;

/// <summary>A tensor in a managed array. Counts how many live, so that a test can see that all were disposed.</summary>
public sealed class SimulatedValue : ModelValue
{
    private static long _alive;
    private byte[]? _bytes;

    public SimulatedValue(ElementType elementType, TensorShape shape)
        : base(elementType, shape)
    {
        _bytes = new byte[checked((int)(shape.ElementCount * elementType.SizeInBytes()))];
        Interlocked.Increment(ref _alive);
    }

    /// <summary>Values in this process that were not disposed.</summary>
    public static long Alive => Interlocked.Read(ref _alive);

    /// <summary>A value with this content.</summary>
    public static SimulatedValue Of<T>(TensorShape shape, params ReadOnlySpan<T> content)
        where T : unmanaged
    {
        var value = new SimulatedValue(ElementTypes.Of<T>(), shape);
        content.CopyTo(value.AsSpan<T>());
        return value;
    }

    protected override Span<byte> GetBytes() => _bytes ?? throw new ObjectDisposedException(nameof(SimulatedValue));

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _bytes, null) is not null) Interlocked.Decrement(ref _alive);
    }
}
