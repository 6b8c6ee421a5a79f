using CsCheck;
using EdgeHost.Capabilities.Vision;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class BadBodyTests
{
    [Fact]
    public void Deserialize_WrongTypeInList_NamesPath()
    {
        var bytes = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(2);
            writer.Write("text");
            writer.Write("t");
            writer.Write("lines");
            writer.WriteArrayHeader(1);
            writer.WriteMapHeader(1);
            writer.Write("text");
            writer.Write(5);
        });

        Assert.Equal("Field 'lines.text' is an integer; expected a string.", Pack.Refused<RecognizeTextResponse>(bytes).Message);
    }

    [Fact]
    public void Deserialize_MissingInNested_NamesPath()
        => Assert.Equal(
            "Field 'inner' lacks the required field 'value'.",
            Pack.Refused<Everything>(Pack.Pair("inner", (ref MessagePackWriter writer) => writer.WriteMapHeader(0))).Message);

    [Fact]
    public void Deserialize_DuplicateKey_IsRefused()
    {
        var bytes = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(2);
            writer.Write("value");
            writer.Write(1);
            writer.Write("value");
            writer.Write(2);
        });

        Assert.Equal("Field 'value' is there twice.", Pack.Refused<Inner>(bytes).Message);
    }

    [Fact]
    public void Deserialize_DuplicateKeyInDictionary_IsRefused()
    {
        var bytes = Pack.Pair("tags", (ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(2);
            writer.Write("a");
            writer.Write("1");
            writer.Write("a");
            writer.Write("2");
        });

        Assert.Equal("Field 'tags.a' is there twice.", Pack.Refused<Everything>(bytes).Message);
    }

    [Fact]
    public void Deserialize_UnknownEnumName_ListsAllowed()
        => Assert.Equal(
            "Field 'colour' is 'green'; allowed are red, dark_blue.",
            Pack.Refused<Everything>(Pack.Pair("colour", (ref MessagePackWriter writer) => writer.Write("green"))).Message);

    [Fact]
    public void Deserialize_LongEnumName_IsNotEchoed()
        => Assert.Equal(
            "Field 'colour' is a text of 1000 bytes; allowed are red, dark_blue.",
            Pack.Refused<Everything>(Pack.Pair("colour", (ref MessagePackWriter writer) => writer.Write(new string('x', 1000)))).Message);

    [Fact]
    public void Deserialize_TrailingBytes_AreRefused()
        => Assert.Equal("The body is followed by 1 bytes that belong to nothing.", Pack.Refused<Empty>([0x80, 0xC0]).Message);

    [Fact]
    public void Deserialize_InvalidUtf8_IsRefused()
        => Assert.Equal("Field 'nickname' is not valid UTF-8.", Pack.Refused<Limited>([0x81, 0xA8, .. "nickname"u8, 0xA1, 0xFF]).Message);

    [Theory]
    [InlineData("whole", 0, "Field 'whole' is 0; allowed are 1 to 10.")]
    [InlineData("whole", 11, "Field 'whole' is 11; allowed are 1 to 10.")]
    [InlineData("positive", -1, "Field 'positive' is -1; allowed are numbers from 0.")]
    public void Deserialize_NumberOutOfRange_SaysRange(string key, int value, string message)
        => Assert.Equal(message, Pack.Refused<Limited>(Pack.Pair(key, (ref MessagePackWriter writer) => writer.Write(value))).Message);

    [Fact]
    public void Deserialize_TooLong_SaysLimit()
    {
        Assert.Equal(
            "Field 'nickname' has 4 characters, more than 3.",
            Pack.Refused<Limited>(Pack.Pair("nickname", (ref MessagePackWriter writer) => writer.Write("abcd"))).Message);
        Assert.Equal(
            "Field 'small' has 5 bytes, more than 4.",
            Pack.Refused<Limited>(Pack.Pair("small", (ref MessagePackWriter writer) => writer.Write(new byte[5]))).Message);
        Assert.Equal(
            "Field 'few' has 3 items, more than 2.",
            Pack.Refused<Limited>([0x81, 0xA3, .. "few"u8, 0x93, 1, 2, 3]).Message);
        Assert.Equal(
            "Field 'map' has 2 entries, more than 1.",
            Pack.Refused<Limited>([0x81, 0xA3, .. "map"u8, 0x82, 0xA1, 0x61, 1, 0xA1, 0x62, 2]).Message);
    }

    [Fact]
    public void Deserialize_MultiByteTextOfAllowedLength_IsTaken()
        => Assert.Equal(
            "你好吗",
            WireMessageSerializer.Deserialize<Limited>(Pack.Pair("nickname", (ref MessagePackWriter writer) => writer.Write("你好吗"))).Name);

    [Theory]
    [InlineData(new byte[] { 0xCB, 0x7F, 0xF8, 0, 0, 0, 0, 0, 0 }, "is not a finite number")]
    [InlineData(new byte[] { 0xC1 }, "is not a MessagePack value; expected a number")]
    [InlineData(new byte[] { 0xC0 }, "is nil; expected a number")]
    public void Deserialize_BadNumber_IsRefused(byte[] value, string problem)
        => Assert.Equal($"Field 'double' {problem}.", Pack.Refused<Everything>([0x81, 0xA6, .. "double"u8, .. value]).Message);

    [Fact]
    public void Deserialize_FractionForInteger_IsRefused()
    {
        Assert.Equal(
            "Field 'count' is 1.5; expected an integer.",
            Pack.Refused<Everything>(Pack.Pair("count", (ref MessagePackWriter writer) => writer.Write(1.5))).Message);
        Assert.Equal(
            "Field 'big' is 18446744073709551615; allowed are -9223372036854775808 to 9223372036854775807.",
            Pack.Refused<Everything>(Pack.Pair("big", (ref MessagePackWriter writer) => writer.Write(ulong.MaxValue))).Message);
    }

    [Fact]
    public void Deserialize_DoubleTooLargeForSingle_IsRefused()
        => Assert.Contains(
            "32-bit float",
            Pack.Refused<Everything>(Pack.Pair("single", (ref MessagePackWriter writer) => writer.Write(1e300))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Deserialize_IntegralFloatForInteger_IsTaken()
        => Assert.Equal(4, WireMessageSerializer.Deserialize<Limited>(Pack.Pair("whole", (ref MessagePackWriter writer) => writer.Write(4.0))).Whole);

    [Fact]
    public void Deserialize_DeepKnownNesting_IsRefused()
    {
        // {"children":[{"children":[...]}]}: two levels a round.
        var bytes = new List<byte>();
        for (var i = 0; i < 10_000; i++) bytes.AddRange([0x81, 0xA8, .. "children"u8, 0x91]);

        Assert.Contains("deeper than 64", Pack.Refused<Tree>([.. bytes]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deserialize_DeepUnknownNesting_IsRefused()
    {
        var bomb = Enumerable.Repeat((byte)0x91, 1_000_000);

        Assert.Contains("deeper than 64", Pack.Refused<Empty>([0x81, 0xA1, 0x78, .. bomb]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xDD, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xDF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xDB, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xC6, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xC9, 0xFF, 0xFF, 0xFF, 0xFF, 1 })]
    [InlineData(new byte[] { 0xC6, 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xDD, 0x7F, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xDF, 0x7F, 0xFF, 0xFF, 0xFF })]
    public void Deserialize_OversizeClaim_IsRefusedWithoutAllocating(byte[] claim)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var key in new[] { "unknown", "floats", "tags", "text", "blob", "maybe_inner" })
        {
            Pack.Refused<Everything>([0x81, (byte)(0xA0 + key.Length), .. System.Text.Encoding.ASCII.GetBytes(key), .. claim]);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Deserialize_TruncatedAnywhere_IsRefused()
    {
        var whole = WireMessageSerializer.ToArray(RandomMessages.Sample());

        for (var length = 0; length < whole.Length; length++)
        {
            Pack.Refused<Everything>(whole[..length]);
        }
    }

    [Fact]
    public void Deserialize_RandomBytes_AnswersOrRefuses()
        => Gen.Byte.Array[0, 200].Sample(static bytes => Accepts<Everything>(bytes) || true, iter: 20_000);

    [Fact]
    public void Deserialize_FlippedByte_AnswersOrRefuses()
    {
        var whole = WireMessageSerializer.ToArray(RandomMessages.Sample());
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] = value;
                _ = Accepts<Everything>(bytes);
            },
            iter: 20_000);
    }

    // Anything other than an answer or invalid_argument comes out as the exception that it is, and fails the test.
    private static bool Accepts<T>(byte[] bytes)
        where T : IWireMessage<T>
    {
        try
        {
            _ = WireMessageSerializer.Deserialize<T>(bytes);
            return true;
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            return false;
        }
    }
}
