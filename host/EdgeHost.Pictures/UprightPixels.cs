using EdgeHost.Learning.Preprocessing;
using SkiaSharp;

namespace EdgeHost.Pictures;

/// <summary>Makes upright colours out of stored pixels.</summary>
internal static class UprightPixels
{
    private const int Channels = 3;

    /// <summary>Whether width and height change places.</summary>
    public static bool SwapsSides(SKEncodedOrigin origin)
        => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>The picture: turned as its file says, on white where it is transparent.</summary>
    /// <param name="stored">Red, green, blue and alpha of each pixel, the colours premultiplied, row by row without gaps.</param>
    /// <param name="width">Pixels in a stored row.</param>
    /// <param name="height">Stored rows.</param>
    /// <param name="origin">Where the stored picture's first row and column belong.</param>
    public static Picture Of(ReadOnlySpan<byte> stored, int width, int height, SKEncodedOrigin origin)
    {
        var (newWidth, newHeight) = SwapsSides(origin) ? (height, width) : (width, height);

        // A step in a stored row, and to the next one, as steps in the upright picture.
        var (first, right, down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => ((width * height) - 1, -1, -width),
            SKEncodedOrigin.BottomLeft => (width * (height - 1), 1, -width),
            SKEncodedOrigin.LeftTop => (0, newWidth, 1),
            SKEncodedOrigin.RightTop => (newWidth - 1, newWidth, -1),
            SKEncodedOrigin.RightBottom => ((newWidth * newHeight) - 1, -newWidth, -1),
            SKEncodedOrigin.LeftBottom => (newWidth * (newHeight - 1), -newWidth, 1),
            _ => (0, 1, width),
        };
        var pixels = new byte[width * height * Channels];
        var from = 0;
        for (var y = 0; y < height; y++)
        {
            var to = first + (y * down);
            for (var x = 0; x < width; x++, from += 4, to += right)
            {
                // No premultiplied colour exceeds its alpha, so the sums are bytes.
                var white = 255 - stored[from + 3];
                var at = to * Channels;
                pixels[at] = (byte)(stored[from] + white);
                pixels[at + 1] = (byte)(stored[from + 1] + white);
                pixels[at + 2] = (byte)(stored[from + 2] + white);
            }
        }

        return new Picture(newWidth, newHeight, Channels, pixels);
    }
}
