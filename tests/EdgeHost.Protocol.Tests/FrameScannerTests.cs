using System.Buffers;
using CsCheck;
using EdgeHost.Protocol.Frames;
using MessagePack;

namespace EdgeHost.Protocol.Tests;

public class FrameScannerTests
{
    private const int Limit = 1024 * 1024;

    public static TheoryData<string> Golden => new()
    {
        "00", "7f", "e0", "ff", "c0", "c2", "c3", "80", "90", "a0", // fixed values and empty ones
        "cc80", "cd0100", "ce00010000", "cf0000000100000000", "d0ff", "d1ffff", "d2ffffffff", "d3ffffffffffffffff",
        "ca3f800000", "cb3ff0000000000000",
        "a3616263", "d903616263", "da0003616263", "db00000003616263",
        "c403010203", "c50003010203", "c600000003010203", "c400", "c50000", "c600000000", "d900", "da0000", "db00000000",
        "d40105", "d5010506", "d60105060708", "d7010506070801020304", "d80101020304050607080102030405060708",
        "c7000a", "c7020a0102", "c800020a0102", "c9000000020a0102",
        "93010203", "dc0003010203", "dd00000003010203", "dc0000", "dd00000000",
        "82a16101a16202", "de000182a16101a1620203", "df00000001a16101", "de0000", "df00000000",
        "9400 01 a9686f73742e70696e67 91 81a77061796c6f6164c4020102",
        "9401 01 c0 81a5627974657302",
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Consume_GoldenValue_EndsExactly(string hex)
    {
        var value = Bytes(hex);
        var scanner = new FrameScanner(Limit, 64);

        Assert.True(scanner.Consume([.. value, 0xc1, 0xc1], out var consumed));
        Assert.Equal(value.Length, consumed);
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Consume_TruncatedAtEachByte_AsksForNoMoreThanThereIs(string hex)
    {
        var value = Bytes(hex);
        for (var length = 0; length < value.Length; length++)
        {
            var scanner = new FrameScanner(Limit, 64);
            Assert.False(scanner.Consume(value.AsSpan(0, length), out var consumed));
            Assert.Equal(length, consumed);
            Assert.InRange(scanner.MinimumRemaining, 1, value.Length - length);
            Assert.True(scanner.Consume(value.AsSpan(length), out consumed));
            Assert.Equal(value.Length - length, consumed);
        }
    }

    [Theory]
    [InlineData("81 a161 d801 00000001 0000000000000000 00000001", true)]
    [InlineData("81 a161 c71001 00000001 0000000000000000 00000001", true)]
    [InlineData("81 a161 c8001001 00000001 0000000000000000 00000001", true)]
    [InlineData("81 a161 c900000010 01 00000001 0000000000000000 00000001", true)]
    [InlineData("81 a161 c70f01 00000001 0000000000000000 000001", false)]
    [InlineData("81 a161 c410 d801 00000001 0000000000000000 0000", false)]
    [InlineData("81 a161 d7010506070801020304", false)]
    public void HasReferences_ExtensionOfTheirSize_IsNoted(string hex, bool expected)
    {
        var scanner = new FrameScanner(Limit, 64);
        foreach (var value in Bytes(hex))
        {
            scanner.Consume([value], out _);
        }

        Assert.Equal(expected, scanner.HasReferences);
        scanner.Reset();
        Assert.False(scanner.HasReferences);
    }

    [Fact]
    public void MinimumRemaining_AfterTheHeaderOfABinary_IsExact()
    {
        var scanner = new FrameScanner(Limit, 64);

        Assert.False(scanner.Consume(Bytes("94 00 01 a161 91 81 a169 c6 00010000"), out _));

        Assert.Equal(65536, scanner.MinimumRemaining);
    }

    [Theory]
    [InlineData("c6 00100000")] // a binary of the limit, plus its header
    [InlineData("c6 ffffffff")]
    [InlineData("db 7fffffff")]
    [InlineData("c9 ffffffff")]
    [InlineData("dd ffffffff")]
    [InlineData("dd 00100000")]
    [InlineData("df 00080000")]
    [InlineData("df ffffffff")]
    [InlineData("92 dd 000ffff0 c6 000ffff0")]
    public void Consume_ClaimsMoreThanTheLimit_RefusedAtTheHeader(string hex)
    {
        var scanner = new FrameScanner(Limit, 64);

        var error = Assert.Throws<EdgeHostException>(() => scanner.Consume(Bytes(hex), out _));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    [Fact]
    public void Consume_ExactlyTheLimit_IsAllowed()
    {
        var scanner = new FrameScanner(105, 64);

        Assert.True(scanner.Consume([0xc6, 0, 0, 0, 100, .. new byte[100]], out var consumed));

        Assert.Equal(105, consumed);
    }

    [Theory]
    [InlineData(0x91)]
    [InlineData(0x81)]
    public void Consume_DepthBomb_RefusedAtTheFirstLevelTooMany(byte container)
    {
        var bomb = new byte[100_000];
        bomb.AsSpan().Fill(container);
        if (container == 0x81) // a map's key comes first
        {
            for (var i = 1; i < bomb.Length; i += 2)
            {
                bomb[i] = 0xa0;
            }
        }

        var scanner = new FrameScanner(Limit, 64);
        var error = Assert.Throws<EdgeHostException>(() => scanner.Consume(bomb, out _));

        Assert.Contains("64 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Consume_DeepestAllowed_IsAllowed()
    {
        byte[] value = [.. Enumerable.Repeat((byte)0x91, 64), 0xc0];

        Assert.True(new FrameScanner(Limit, 64).Consume(value, out var consumed));
        Assert.Equal(65, consumed);
    }

    [Fact]
    public void Consume_ReservedByte_IsRefused()
        => Assert.Throws<EdgeHostException>(() => new FrameScanner(Limit, 64).Consume([0x91, 0xc1], out _));

    [Fact]
    public void Consume_ValidValueAtEverySplit_AgreesWithMessagePackReader()
        => Value(4).Select(Gen.Byte.Array[0, 5]).Sample((value, rest) =>
        {
            byte[] input = [.. value, .. rest];
            var reader = new MessagePackReader(input);
            reader.Skip();
            for (var split = 0; split <= input.Length; split++)
            {
                var scanner = new FrameScanner(Limit, 64);
                var complete = scanner.Consume(input.AsSpan(0, split), out var first);
                var second = 0;
                if (!complete) complete = scanner.Consume(input.AsSpan(split), out second);
                Assert.True(complete);
                Assert.Equal(reader.Consumed, first + second);
            }
        }, iter: 2000, threads: 1);

    [Fact]
    public void Consume_RandomBytes_AgreesWithMessagePackReaderOrRefuses()
        => Gen.Byte.Array[1, 64].Sample(input =>
        {
            var scanner = new FrameScanner(64, 16);
            bool complete;
            int consumed;
            try
            {
                complete = scanner.Consume(input, out consumed);
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
                return;
            }

            Assert.Equal(complete, TrySkip(input, out var expected));
            if (complete) Assert.Equal(expected, consumed);
        }, iter: 200_000, threads: 1);

    [Fact]
    public void Consume_RandomBytesAtRandomSplits_DoesTheSameAsInOnePiece()
        => Gen.Byte.Array[1, 200].Select(Gen.Int[1, 7]).Sample((input, step) =>
        {
            var whole = Outcome(input, input.Length);
            Assert.Equal(whole, Outcome(input, step));
        }, iter: 50_000, threads: 1);

    private static string Outcome(byte[] input, int step)
    {
        var scanner = new FrameScanner(150, 8);
        var consumed = 0;
        try
        {
            while (consumed < input.Length)
            {
                var complete = scanner.Consume(input.AsSpan(consumed, Math.Min(step, input.Length - consumed)), out var taken);
                consumed += taken;
                if (complete) return $"complete after {consumed}";
            }

            return "incomplete";
        }
        catch (EdgeHostException e)
        {
            return e.Message;
        }
    }

    private static bool TrySkip(byte[] input, out long consumed)
    {
        var reader = new MessagePackReader(input);
        try
        {
            reader.Skip();
            consumed = reader.Consumed;
            return true;
        }
        catch (Exception e) when (e is EndOfStreamException or MessagePackSerializationException)
        {
            consumed = 0;
            return false;
        }
    }

    private static Gen<byte[]> Value(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Long.Select(value => Write((ref MessagePackWriter writer) => writer.Write(value))),
            Gen.Double.Select(value => Write((ref MessagePackWriter writer) => writer.Write(value))),
            Gen.Float.Select(value => Write((ref MessagePackWriter writer) => writer.Write(value))),
            Gen.String[0, 40].Select(value => Write((ref MessagePackWriter writer) => writer.Write(value))),
            Gen.Byte.Array[0, 300].Select(value => Write((ref MessagePackWriter writer) => writer.Write(value))),
            Gen.Byte.Array[0, 20].Select(value => Write((ref MessagePackWriter writer) => writer.WriteExtensionFormat(new ExtensionResult(7, value)))),
            Gen.Bool.Select(value => Write((ref MessagePackWriter writer) => writer.Write(value))),
            Gen.Const(new byte[] { 0xc0 }));
        if (depth == 0) return leaf;
        var inner = Value(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Array[0, 4].Select(values => Write((ref MessagePackWriter writer) =>
            {
                writer.WriteArrayHeader(values.Length);
                foreach (var value in values)
                {
                    writer.WriteRaw(value);
                }
            })),
            inner.Array[0, 3].Select(values => Write((ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(values.Length);
                foreach (var value in values)
                {
                    writer.Write("key");
                    writer.WriteRaw(value);
                }
            })));
    }

    private delegate void WriteAction(ref MessagePackWriter writer);

    private static byte[] Write(WriteAction write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
}
