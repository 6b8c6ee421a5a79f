using System.Buffers.Binary;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Pictures that need no library.</summary>
internal static class Bitmaps
{
    private const int Header = 54;

    /// <summary>A 24-bit BMP of one colour.</summary>
    public static byte[] Of(int width, int height, byte red, byte green, byte blue) => Of(width, height, (_, _) => (red, green, blue));

    /// <summary>A 24-bit BMP.</summary>
    public static byte[] Of(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        var stride = ((width * 3) + 3) / 4 * 4;
        var file = new byte[Header + (stride * height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), Header);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        (file[26], file[28]) = (1, 24);
        for (var y = 0; y < height; y++)
        {
            // Rows are stored from the bottom up.
            var row = file.AsSpan(Header + ((height - 1 - y) * stride));
            for (var x = 0; x < width; x++) (row[(x * 3) + 2], row[(x * 3) + 1], row[x * 3]) = colour(x, y);
        }

        return file;
    }
}
