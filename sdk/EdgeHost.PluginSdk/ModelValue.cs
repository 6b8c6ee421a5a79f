using System.Runtime.InteropServices;

namespace EdgeHost.PluginSdk;

/// <summary>
/// A tensor: in host memory, in memory shared with another process, or on a device. One owner disposes it. Not thread-safe for
/// writing; reading concurrently is fine.
/// </summary>
public abstract class ModelValue : IDisposable
{
    private IDisposable? _charge;

    /// <summary>Creates a value.</summary>
    /// <param name="elementType">Its element type.</param>
    /// <param name="shape">Its fully known shape.</param>
    protected ModelValue(ElementType elementType, TensorShape shape)
    {
        ElementType = elementType;
        Shape = shape;
    }

    /// <summary>The element type.</summary>
    public ElementType ElementType { get; }

    /// <summary>The shape, fully known.</summary>
    public TensorShape Shape { get; }

    /// <summary>The elements, row-major. Valid until the value is disposed.</summary>
    /// <typeparam name="T">The .NET type of <see cref="ElementType"/>.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is another type than the value's, or the value has no bytes that the processor can read.</exception>
    /// <exception cref="ObjectDisposedException">The value was disposed.</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
    {
        var wanted = ElementTypes.Of<T>();
        if (wanted != ElementType)
        {
            throw new InvalidOperationException($"The value holds {ElementType}, not {wanted}.");
        }

        return MemoryMarshal.Cast<byte, T>(GetBytes());
    }

    /// <summary>Frees the memory or returns it to its pool.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        Interlocked.Exchange(ref _charge, null)?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets the host count the value's bytes for as long as it lives: the charge is disposed with the value. A value has one; another is given back at once.</summary>
    internal void AttachCharge(IDisposable charge)
    {
        if (Interlocked.CompareExchange(ref _charge, charge, null) is not null) charge.Dispose();
    }

    /// <summary>The bytes of the elements.</summary>
    /// <exception cref="InvalidOperationException">The value has no bytes that the processor can read.</exception>
    /// <exception cref="ObjectDisposedException">The value was disposed.</exception>
    protected abstract Span<byte> GetBytes();

    /// <summary>Frees the memory; called at most usefully once, further calls do nothing.</summary>
    /// <param name="disposing">True from <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);
}
