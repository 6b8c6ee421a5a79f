using System.Buffers;

namespace EdgeHost.Plugins.Vision.Watching;

/// <summary>A frame that waits: a pooled copy of its bytes, since a push is valid only until the next one is read. Its one owner disposes it. Not thread-safe.</summary>
internal sealed class FrameCopy : IDisposable
{
    private readonly int _length;
    private byte[]? _bytes;

    private FrameCopy(long number, long? timeMs, string? problem, byte[]? bytes, int length) => (Number, TimeMs, Problem, _bytes, _length) = (number, timeMs, problem, bytes, length);

    /// <summary>Its place among the frames pushed, from 0.</summary>
    public long Number { get; }

    /// <summary>The app's time of it.</summary>
    public long? TimeMs { get; }

    /// <summary>Why it cannot be looked at, or null.</summary>
    public string? Problem { get; }

    /// <summary>The picture's bytes; empty where there is a problem. Valid until disposed.</summary>
    public ReadOnlyMemory<byte> Image => _bytes.AsMemory(0, _length);

    /// <summary>Copies a frame.</summary>
    public static FrameCopy Of(long number, long? timeMs, ReadOnlySpan<byte> image)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(image.Length);
        image.CopyTo(bytes);
        return new FrameCopy(number, timeMs, null, bytes, image.Length);
    }

    /// <summary>Stands for a frame that cannot be looked at.</summary>
    public static FrameCopy Unusable(long number, long? timeMs, string problem) => new(number, timeMs, problem, null, 0);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes) ArrayPool<byte>.Shared.Return(bytes);
    }
}
