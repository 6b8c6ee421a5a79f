using System.Numerics;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>Whole-picture operations on pixels.</summary>
internal static class PixelOperations
{
    // A tile of 32 x 32 pixels is 4 KB on either side of a transposition: both stay in the first-level cache.
    private const int Tile = 32;

    /// <summary>Lays premultiplied pixels on white: each channel gets what the alpha leaves free.</summary>
    public static void FlattenOnWhite(Span<uint> pixels)
    {
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(pixels);
        var spread = new Vector<uint>(0x010101u);
        var opaque = new Vector<uint>(0xFF000000u);
        for (var i = 0; i < vectors.Length; i++)
        {
            // No channel exceeds its alpha, so the byte-wise sum cannot carry over.
            var pixel = vectors[i];
            var free = new Vector<uint>(255) - Vector.ShiftRightLogical(pixel, 24);
            vectors[i] = (pixel + free * spread) | opaque;
        }

        foreach (ref var pixel in pixels[(vectors.Length * Vector<uint>.Count)..])
        {
            pixel = (pixel + (255 - (pixel >> 24)) * 0x010101u) | 0xFF000000u;
        }
    }

    /// <summary>Whether an orientation exchanges width and height.</summary>
    public static bool SwapsSides(SKEncodedOrigin origin)
        => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>Whether the upright picture's left column and top row come from the end of a row or column as stored.</summary>
    public static (bool Left, bool Top) StartsAtEnd(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight => (true, false),
        SKEncodedOrigin.BottomRight => (true, true),
        SKEncodedOrigin.BottomLeft => (false, true),
        SKEncodedOrigin.RightTop => (true, false),
        SKEncodedOrigin.RightBottom => (true, true),
        SKEncodedOrigin.LeftBottom => (false, true),
        _ => (false, false),
    };

    /// <summary>The picture turned upright. Takes ownership of <paramref name="stored"/>: the result is it, or it is disposed.</summary>
    public static PixelImage Upright(PixelImage stored, SKEncodedOrigin origin, PixelMemoryPool pool)
    {
        int width = stored.Width, height = stored.Height;
        switch (origin)
        {
            case SKEncodedOrigin.TopRight:
                for (var y = 0; y < height; y++)
                {
                    stored.Pixels.Slice(y * width, width).Reverse();
                }

                return stored;
            case SKEncodedOrigin.BottomRight:
                stored.Pixels.Reverse();
                return stored;
            case SKEncodedOrigin.BottomLeft:
                stored.Pixels.Reverse();
                goto case SKEncodedOrigin.TopRight;
            case SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom:
                var upright = new PixelImage(pool, height, width);
                var fromRight = origin is SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
                var fromBottom = origin is SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
                Transpose(stored.Pixels, width, height, upright.Pixels, fromRight, fromBottom);
                stored.Dispose();
                return upright;
            default:
                return stored;
        }
    }

    /// <summary>Rows become columns; the source is read from its right or bottom edge when asked.</summary>
    private static void Transpose(ReadOnlySpan<uint> source, int width, int height, Span<uint> target, bool fromRight, bool fromBottom)
    {
        for (var top = 0; top < height; top += Tile)
        {
            var bottom = Math.Min(top + Tile, height);
            for (var left = 0; left < width; left += Tile)
            {
                var right = Math.Min(left + Tile, width);
                for (var x = left; x < right; x++)
                {
                    var targetRow = fromRight ? width - 1 - x : x;
                    for (var y = top; y < bottom; y++)
                    {
                        target[(targetRow * height) + (fromBottom ? height - 1 - y : y)] = source[(y * width) + x];
                    }
                }
            }
        }
    }
}
