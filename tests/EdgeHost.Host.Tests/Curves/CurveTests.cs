using System.Buffers.Binary;
using System.IO.Compression;
using EdgeHost.Host.Curves;

namespace EdgeHost.Host.Tests.Curves;

public class CurveTests
{
    private static readonly CurveSeries Falling = new("loss", [.. Enumerable.Range(0, 50).Select(static step => ((double)step, Math.Exp(-step / 5.0)))]);

    [Fact]
    public void Braille_OfAFallingLine_FallsFromTheUpperLeftToTheLowerRight()
    {
        var rows = BrailleChart.Draw([new CurveSeries("loss", [(0, 1), (10, 0)])], 40, 6);

        Assert.Equal(8, rows.Count);
        Assert.StartsWith("       1│⠉", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("       0│⠀", rows[5], StringComparison.Ordinal);
        Assert.Equal(40, rows[5].Length);
        Assert.True(rows[0].Length < 20, rows[0]);
        Assert.All(rows, static row => Assert.InRange(row.Length, 1, 40));
    }

    [Fact]
    public void Braille_OfLossesThatFallFar_IsLogarithmic()
        => Assert.EndsWith("loss (logarithmic)", BrailleChart.Draw([Falling], 40, 6)[^1], StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(3)]
    public void Braille_OfOneValueAlone_IsDrawn(double value)
        => Assert.Equal(5, BrailleChart.Draw([new CurveSeries("loss", [(5, value), (5, value)])], 30, 3).Count);

    [Fact]
    public void Picture_IsAPngWhoseChunksAreWhole()
    {
        using var file = new MemoryStream();
        CurvePicture.Write(file, [Falling, new CurveSeries("validation", [(0, 1), (49, 0.5)])]);
        var bytes = file.ToArray();

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], bytes[..8]);
        var (at, names, pixels) = (8, new List<string>(), Array.Empty<byte>());
        while (at < bytes.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            names.Add(System.Text.Encoding.ASCII.GetString(bytes, at + 4, 4));
            if (names[^1] == "IDAT") pixels = Unzip(bytes.AsSpan(at + 8, length).ToArray());
            at += length + 12;
        }

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], names);
        Assert.Equal(801 * 480, pixels.Length);
        Assert.Contains((byte)3, pixels);
        Assert.Contains((byte)4, pixels);

        // The checksum of an empty end, which is the same in every file.
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], bytes[^4..]);
    }

    private static byte[] Unzip(byte[] content)
    {
        using var zlib = new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
        using var result = new MemoryStream();
        zlib.CopyTo(result);
        return result.ToArray();
    }
}
