using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

/// <summary>Writes PNG files of any kind, also ones that no encoder would write.</summary>
internal static class PngFile
{
    public const byte Grey = 0;
    public const byte Rgb = 2;

    /// <summary>Solid pixels: every byte of every row is <paramref name="value"/>.</summary>
    public static byte[] Solid(int width, int height, byte bits, byte colorType, byte value)
    {
        var channels = colorType == Rgb ? 3 : 1;
        var row = new byte[1 + ((((long)width * channels * bits) + 7) / 8)];
        row.AsSpan(1).Fill(value);
        return Write(width, height, bits, colorType, Enumerable.Repeat(row, height));
    }

    public static byte[] Write(int width, int height, byte bits, byte colorType, IEnumerable<byte[]> rows)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bits;
        header[9] = colorType;
        Chunk(file, "IHDR", header);
        var data = new MemoryStream();
        using (var zip = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in rows) zip.Write(row);
        }

        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] data)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }
}
