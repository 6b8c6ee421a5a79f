using System.Buffers;
using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>
/// Bytes that nobody else changes: a decoder may read a length twice and trust the second. Arrays are the host's own; other memory may be a region that an app shares, and is copied
/// to a pooled array. Its owner disposes it.
/// </summary>
internal readonly struct OwnBytes : IDisposable
{
    private readonly byte[]? _rented;

    private OwnBytes(ReadOnlyMemory<byte> bytes, byte[]? rented) => (Bytes, _rented) = (bytes, rented);

    /// <summary>The bytes, until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Takes what is an array, and copies what is not.</summary>
    public static OwnBytes Of(ReadOnlyMemory<byte> bytes)
    {
        if (MemoryMarshal.TryGetArray(bytes, out _)) return new OwnBytes(bytes, null);
        var copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.Span.CopyTo(copy);
        return new OwnBytes(copy.AsMemory(0, bytes.Length), copy);
    }

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }
}
