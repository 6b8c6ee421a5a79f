using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class WireJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null,-2.5,"x"],"c":{}}""")]
    [InlineData("""[18446744073709551615,-9223372036854775808,0]""")]
    [InlineData("\"only text\"")]
    public void ToMessagePack_ThenBack_IsTheSame(string json)
        => Assert.Equal(json, ToJson(WireJson.ToMessagePack(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void ToMessagePack_BinaryFields_ReplaceAndAdd()
    {
        var binaries = new Dictionary<string, ReadOnlyMemory<byte>> { ["image"] = new byte[] { 1 }, ["options.mask"] = new byte[] { 2 } };

        var bytes = WireJson.ToMessagePack("""{"image":"@photo.png","options":{"n":1}}"""u8.ToArray(), binaries);

        Assert.Equal("""{"image":"AQ==","options":{"n":1,"mask":"Ag=="}}""", ToJson(bytes));
        var reader = new MessagePackReader(bytes);
        reader.ReadMapHeader();
        reader.Skip();
        Assert.Equal(MessagePackType.Binary, reader.NextMessagePackType);
    }

    [Theory]
    [InlineData("{}", "a.b", "The binary field 'b' has no place: 'a' is not an object of the JSON.")]
    [InlineData("[]", "a", "The binary field 'a' has no place: the body is not an object of the JSON.")]
    public void ToMessagePack_BinaryFieldWithoutPlace_IsRefused(string json, string path, string message)
    {
        var binaries = new Dictionary<string, ReadOnlyMemory<byte>> { [path] = new byte[] { 1 } };

        Assert.Equal(message, Refused(() => WireJson.ToMessagePack(Encoding.UTF8.GetBytes(json), binaries)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":1} x")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("1e999")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    public void ToMessagePack_BadJson_IsRefused(string json) => Refused(() => WireJson.ToMessagePack(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void ToMessagePack_TooDeep_IsRefused()
    {
        Refused(() => WireJson.ToMessagePack(Encoding.UTF8.GetBytes(Nested(65))));
        using var deep = JsonDocument.Parse(Nested(65), new JsonDocumentOptions { MaxDepth = 1000 });
        Refused(() => WireJson.ToMessagePack(deep.RootElement));
        Assert.Equal(Nested(64), ToJson(WireJson.ToMessagePack(Encoding.UTF8.GetBytes(Nested(64)))));
    }

    [Fact]
    public void WriteTo_TooDeep_IsRefused() => Refused(() => ToJson([.. Enumerable.Repeat((byte)0x91, 100_000)]));

    [Fact]
    public void WriteTo_ExtensionAndOddFloats_HaveAText()
    {
        var bytes = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(4);
            writer.WriteExtensionFormat(new ExtensionResult(-3, new byte[] { 1, 2 }));
            writer.Write(double.NaN);
            writer.Write(double.PositiveInfinity);
            writer.Write(float.NegativeInfinity);
        });

        Assert.Equal("""[{"extension":-3,"data":"AQI="},"NaN","Infinity","-Infinity"]""", ToJson(bytes));
    }

    [Fact]
    public void WriteTo_ReplaceBinary_GetsPath()
    {
        var bytes = Pack.Pair("items", (ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(2);
            writer.Write(new byte[] { 1 });
            writer.Write(new byte[] { 2 });
        });

        Assert.Equal(
            """{"items":["AQ==","saved"]}""",
            ToJson(bytes, static (path, _) => path == "items.1" ? "saved" : null));
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0x01, 0x01 })]
    [InlineData(new byte[] { 0x01, 0x01 })]
    [InlineData(new byte[] { 0xC1 })]
    [InlineData(new byte[0])]
    public void WriteTo_BadMessagePack_IsRefused(byte[] bytes) => Refused(() => ToJson(bytes));

    [Fact]
    public void WriteTo_RandomBytes_AnswersOrRefuses()
        => Gen.Byte.Array[0, 100].Sample(static bytes =>
        {
            try
            {
                _ = ToJson(bytes);
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            }
        }, iter: 20_000);

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Refused(Action action)
    {
        var error = Assert.Throws<EdgeHostException>(action);
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        return error.Message;
    }

    private static string ToJson(byte[] messagePack, Func<string, ReadOnlyMemory<byte>, string?>? replaceBinary = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 1000 }))
        {
            WireJson.WriteTo(messagePack, writer, replaceBinary);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
