using CsCheck;

namespace EdgeHost.Wfdb.Tests;

public class WfdbSignalReaderTests
{
    [Fact]
    public void Format212_HoldsTwoSamplesInThreeBytes()
    {
        // 0x7FF and -1 (0xFFF): low bytes FF and FF, high nibbles 7 and F; then 5 and the mark of "no sample".
        var reader = Reader("r 2 360 2\nr.dat 212 100 12 0\nr.dat 212 1 12 0", [0xFF, 0xF7, 0xFF, 0x05, 0x80, 0x00]);
        var frames = new float[8];

        Assert.Equal(2, reader.Read(frames));
        Assert.Equal([20.47f, -1f, 0.05f, float.NaN], frames[..4]);
        Assert.Equal(0, reader.Read(frames));
    }

    [Fact]
    public void Values_AreInPhysicalUnits()
    {
        var reader = Reader("r 1 360 2\nr.dat 16 200 11 1024", [0x00, 0x04, 0xC8, 0x04]);
        var frames = new float[2];

        Assert.Equal(2, reader.Read(frames));
        Assert.Equal([0f, 1f], frames);
    }

    [Theory]
    [InlineData("80", new byte[] { 128, 255, 0, 127 }, new[] { 0f, 127f, float.NaN, -1f })]
    [InlineData("24", new byte[] { 1, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0x80, 0, 0, 0x40 }, new[] { 1f, -1f, float.NaN, 4_194_304f })]
    [InlineData("32", new byte[] { 1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x80, 0, 0, 1, 0 }, new[] { 1f, -2f, float.NaN, 65_536f })]
    [InlineData("61", new byte[] { 0, 1, 0xFF, 0xFF, 0x80, 0, 1, 0 }, new[] { 1f, -1f, float.NaN, 256f })]
    [InlineData("160", new byte[] { 1, 0x80, 0xFF, 0x7F, 0, 0, 0, 0x81 }, new[] { 1f, -1f, float.NaN, 256f })]
    [InlineData("16+3", new byte[] { 9, 9, 9, 1, 0, 0xFF, 0xFF, 0, 0x80, 0, 1 }, new[] { 1f, -1f, float.NaN, 256f })]
    public void Formats_AreReadWithTheirMarkOfNoSample(string format, byte[] bytes, float[] expected)
    {
        var reader = Reader($"r 1 360 4\nr.dat {format} 1 12 0", bytes);
        var frames = new float[8];

        Assert.Equal(4, reader.Read(frames));
        Assert.Equal(expected, frames[..4]);
        Assert.Equal(0, reader.Read(frames));
    }

    [Fact]
    public void Offset_BeyondTheFile_IsLost()
        => Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => Reader("r 1 360 4\nr.dat 16+100000 1", new byte[20]).Read(new float[8])).Code);

    [Theory]
    [InlineData("r 1 360 3\nr.dat 16 1 12 0 1 6 0 I")]
    [InlineData("r 1 360\nr.dat 16 1 12 0 1 6 0 I")]
    [InlineData("r 1 360 3\nr.dat 16 1")]
    public void Checksum_ThatHoldsOrIsNotThere_IsFine(string header)
    {
        var reader = Reader(header, [1, 0, 2, 0, 3, 0]);

        Assert.Equal(3, reader.Read(new float[4]));
        Assert.Equal(0, reader.Read(new float[4]));
    }

    [Theory]
    [InlineData("r 1 360 3\nr.dat 16 1 12 0 1 7 0 I")]
    [InlineData("r 1 360\nr.dat 16 1 12 0 1 7 0 I")]
    public void Checksum_ThatDoesNotHold_IsSaidAtTheEnd(string header)
    {
        var reader = Reader(header, [1, 0, 2, 0, 3, 0]);
        reader.Read(new float[4]);

        var error = Assert.Throws<EdgeHostException>(() => reader.Read(new float[4]));

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.Contains("checksum 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatEndsEarly_GivesWhatIsWhole_AndThenSaysSo()
    {
        var reader = Reader("r 1 360 3\nr.dat 16 1", [1, 0, 2, 0, 3]);
        var frames = new float[4];

        Assert.Equal(2, reader.Read(frames));
        Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => reader.Read(frames)).Code);
    }

    [Fact]
    public void Signals_OfAnotherFile_AreNotInFrames()
    {
        var header = WfdbHeader.Parse("r 2 360\na.dat 16 1\nb.dat 16 1");
        using var stream = new MemoryStream([7, 0]);

        Assert.Single(new WfdbSignalReader(header, "b.dat", stream).Signals);
        Assert.Throws<EdgeHostException>(() => new WfdbSignalReader(header, "c.dat", stream));
    }

    [Fact]
    public void Samples_WrittenInEitherFormat_ComeBack()
        => Gen.Select(Gen.Int[-2047, 2047].Array[1, 3000], Gen.Int[1, 700]).Sample((samples, room) =>
        {
            foreach (var (format, bytes) in new[] { (212, Encode212(samples)), (16, Encode16(samples)) })
            {
                var reader = Reader($"r 1 360 {samples.Length}\nr.dat {format} 1 12 0", bytes);
                var read = new List<float>();
                var frames = new float[room];
                for (var count = reader.Read(frames); count > 0; count = reader.Read(frames)) read.AddRange(frames.AsSpan(0, count));
                Assert.Equal(samples.Select(sample => (float)sample), read);
            }
        }, iter: 200);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void File_OfUnknownLength_ThatEndsWithinAFrame_IsLost(int framesAtOnce)
    {
        var reader = Reader("r 2 360\nr.dat 16 1 12 0\nr.dat 16 1 12 0", [1, 0, 2, 0, 3, 0]);
        var frames = new float[2 * framesAtOnce];

        Assert.Equal(1, reader.Read(frames));
        Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => reader.Read(frames)).Code);
    }

    [Fact]
    public void Bytes_OfAnyKind_AreReadOrRefused()
        => Gen.Select(Gen.Byte.Array[0, 64], Gen.Int[1, 3], Gen.Enum<WfdbFormat>().Where(static format => format != WfdbFormat.Null), Gen.Int[0, 40], Gen.Int[0, 9]).Sample((bytes, signals, format, samples, offset) =>
        {
            var lines = string.Concat(Enumerable.Repeat($"r.dat {(int)format}+{offset} 1 12 0 0 {samples} 0\n", signals));
            var reader = Reader($"r {signals} 360 {samples}\n{lines}", bytes);
            var frames = new float[16 * signals];
            try
            {
                while (reader.Read(frames) > 0) Assert.True(reader.Frames * signals <= bytes.Length);
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.DataLoss, e.Code);
            }
        });

    private static WfdbSignalReader Reader(string header, byte[] bytes) => new(WfdbHeader.Parse(header), "r.dat", new MemoryStream(bytes));

    private static byte[] Encode16(int[] samples) => [.. samples.SelectMany(sample => new[] { (byte)sample, (byte)(sample >> 8) })];

    private static byte[] Encode212(int[] samples)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < samples.Length; i += 2)
        {
            var second = i + 1 < samples.Length ? samples[i + 1] : 0;
            bytes.AddRange([(byte)samples[i], (byte)(((samples[i] >> 8) & 0x0F) | ((second >> 4) & 0xF0)), (byte)second]);
        }

        return [.. bytes];
    }
}
