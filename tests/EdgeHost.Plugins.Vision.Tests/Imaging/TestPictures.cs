using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

/// <summary>Pictures whose upright pixels are known: four quarters of red, green, blue and yellow.</summary>
internal static class TestPictures
{
    public static readonly uint[] Quarters = [Rgb(255, 0, 0), Rgb(0, 255, 0), Rgb(0, 0, 255), Rgb(255, 255, 0)];

    public static uint Rgb(byte red, byte green, byte blue) => red | ((uint)green << 8) | ((uint)blue << 16) | 0xFF000000u;

    /// <summary>Quarters of 4 : 3 pictures in reading order, so that no two orientations look alike.</summary>
    public static SKBitmap Draw(int width, int height, byte alpha = 255)
    {
        var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, alpha == 255 ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            pixels[i] = (Quarters[(y * 2 / height * 2) + (x * 2 / width)] & 0xFFFFFFu) | ((uint)alpha << 24);
        }

        return bitmap;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality = 95)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public static byte[] Encode(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = Draw(width, height);
        return Encode(bitmap, format);
    }

    /// <summary>The stored form of an upright RGBA picture that an EXIF orientation describes.</summary>
    public static SKBitmap Stored(SKBitmap upright, int orientation)
    {
        var swaps = orientation >= 5;
        var stored = new SKBitmap(
            swaps ? upright.Height : upright.Width, swaps ? upright.Width : upright.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var from = MemoryMarshal.Cast<byte, uint>(upright.GetPixelSpan());
        var to = MemoryMarshal.Cast<byte, uint>(stored.GetPixelSpan());
        for (var row = 0; row < stored.Height; row++)
        {
            for (var column = 0; column < stored.Width; column++)
            {
                // What EXIF says of the stored row 0 and column 0: 2 top right, 3 bottom right, 4 bottom left, 5 left top, 6 right top, 7 right bottom, 8 left bottom.
                var (x, y) = orientation switch
                {
                    2 => (upright.Width - 1 - column, row),
                    3 => (upright.Width - 1 - column, upright.Height - 1 - row),
                    4 => (column, upright.Height - 1 - row),
                    5 => (row, column),
                    6 => (upright.Width - 1 - row, column),
                    7 => (upright.Width - 1 - row, upright.Height - 1 - column),
                    8 => (row, upright.Height - 1 - column),
                    _ => (column, row),
                };
                to[(row * stored.Width) + column] = from[(y * upright.Width) + x];
            }
        }

        return stored;
    }

    /// <summary>A 24-bit BMP file.</summary>
    public static byte[] EncodeBmp(SKBitmap bitmap)
    {
        var stride = ((bitmap.Width * 3) + 3) / 4 * 4;
        var file = new byte[54 + (stride * bitmap.Height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), bitmap.Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), bitmap.Height);
        file[26] = 1;
        file[28] = 24;
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                var color = bitmap.GetPixel(x, bitmap.Height - 1 - y);
                var at = 54 + (y * stride) + (x * 3);
                (file[at], file[at + 1], file[at + 2]) = (color.Blue, color.Green, color.Red);
            }
        }

        return file;
    }
}
