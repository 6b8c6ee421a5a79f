using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EdgeHost.Host.Curves;

/// <summary>Writes pictures of few colours as PNG (ISO/IEC 15948): one byte a pixel and a palette.</summary>
internal static class PngWriter
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] Table = MakeTable();

    /// <summary>Writes a picture.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="pixels">Numbers of colours, row by row.</param>
    /// <param name="palette">The colours as red, green and blue, 1 to 256.</param>
    public static void Write(Stream output, int width, byte[] pixels, IReadOnlyList<(byte Red, byte Green, byte Blue)> palette)
    {
        output.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Length / width);

        // Eight bits a pixel, of colour type 3: places in a palette.
        (header[8], header[9]) = (8, 3);
        WriteChunk(output, "IHDR", header);
        WriteChunk(output, "PLTE", [.. palette.SelectMany(static colour => new[] { colour.Red, colour.Green, colour.Blue })]);
        WriteChunk(output, "IDAT", Compress(width, pixels));
        WriteChunk(output, "IEND", []);
    }

    private static byte[] Compress(int width, byte[] pixels)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var start = 0; start < pixels.Length; start += width)
            {
                // The filter of the row: none.
                zlib.WriteByte(0);
                zlib.Write(pixels, start, width);
            }
        }

        return buffer.ToArray();
    }

    private static void WriteChunk(Stream output, string type, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), Checksum(chunk.AsSpan(4, content.Length + 4)));
        output.Write(chunk);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes) sum = Table[(sum ^ value) & 0xFF] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            table[i] = value;
        }

        return table;
    }
}
