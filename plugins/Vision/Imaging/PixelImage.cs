using System.Runtime.InteropServices;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>
/// Pixels of one picture, upright, row by row without gaps: four bytes each in the order R, G, B, unused. Owns its memory; not
/// thread-safe for writing.
/// </summary>
internal sealed class PixelImage : IDisposable
{
    public const int BytesPerPixel = 4;

    private readonly PixelMemory _memory;

    public PixelImage(PixelMemoryPool pool, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Width = width;
        Height = height;
        _memory = pool.Rent(checked(width * height * BytesPerPixel));
    }

    public int Width { get; }

    public int Height { get; }

    public int StrideBytes => Width * BytesPerPixel;

    public nint Address => _memory.Address;

    /// <summary>One number a pixel: R in the lowest byte, then G, B.</summary>
    public Span<uint> Pixels => MemoryMarshal.Cast<byte, uint>(_memory.Span);

    public void Dispose() => _memory.Dispose();
}
