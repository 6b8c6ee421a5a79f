using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace EdgeHost.Pictures.Tests;

/// <summary>Files of pictures whose upright pixels are known: quarters of red, green, blue and yellow in reading order.</summary>
internal static class TestFiles
{
    public static readonly (byte Red, byte Green, byte Blue)[] Quarters = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)];

    /// <summary>Two pictures of one pixel, red and then blue.</summary>
    public static byte[] Gif =>
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 0x01, 0,
        0x3B,
    ];

    public static byte[] Encode(int width, int height, SKEncodedImageFormat format, byte alpha = 255, int orientation = 1)
    {
        var swaps = orientation >= 5;
        var (storedWidth, storedHeight) = swaps ? (height, width) : (width, height);
        using var bitmap = new SKBitmap(storedWidth, storedHeight, SKColorType.Rgba8888, alpha == 255 ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        for (var row = 0; row < storedHeight; row++)
        {
            for (var column = 0; column < storedWidth; column++)
            {
                // Where EXIF says that the stored row and column belong.
                var (x, y) = orientation switch
                {
                    2 => (width - 1 - column, row),
                    3 => (width - 1 - column, height - 1 - row),
                    4 => (column, height - 1 - row),
                    5 => (row, column),
                    6 => (width - 1 - row, column),
                    7 => (width - 1 - row, height - 1 - column),
                    8 => (row, height - 1 - column),
                    _ => (column, row),
                };
                var (red, green, blue) = Quarters[(y * 2 / height * 2) + (x * 2 / width)];
                pixels[(row * storedWidth) + column] = red | ((uint)green << 8) | ((uint)blue << 16) | ((uint)alpha << 24);
            }
        }

        using var data = bitmap.Encode(format, 95);
        return orientation == 1 ? data.ToArray() : WithOrientation(data.ToArray(), (byte)orientation);
    }

    /// <summary>A 24-bit BMP of one colour.</summary>
    public static byte[] Bmp(int width, int height, byte red, byte green, byte blue)
    {
        var stride = ((width * 3) + 3) / 4 * 4;
        var file = new byte[54 + (stride * height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        (file[26], file[28]) = (1, 24);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) (file[54 + (y * stride) + (x * 3)], file[55 + (y * stride) + (x * 3)], file[56 + (y * stride) + (x * 3)]) = (blue, green, red);
        }

        return file;
    }

    /// <summary>A PNG that says it has that many pixels and brings none.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        byte[] header = [.. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), height);
        byte[] data = [.. "IDAT"u8, 0x78, 0x9C];
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk(header), .. Chunk(data)];
    }

    private static byte[] Chunk(byte[] content)
    {
        var length = new byte[4];
        var check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(content));
        return [.. length, .. content, .. check];
    }

    private static uint Crc(byte[] content)
    {
        var crc = uint.MaxValue;
        foreach (var value in content)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        return ~crc;
    }

    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] body = [.. "Exif\0\0"u8, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        var length = body.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. body, .. jpeg.AsSpan(2)];
    }
}
