using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class WireReaderTests
{
    [Fact]
    public void ReadRaw_Value_IsItsBytes()
    {
        var value = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteArrayHeader(2);
            writer.Write("a");
            writer.WriteMapHeader(0);
        });
        var reader = new WireReader((byte[])[.. value, 0x01]);

        Assert.Equal(value, reader.ReadRaw().ToArray());
        Assert.Equal(1, reader.ReadInt32());
        Assert.True(reader.End);
    }

    [Fact]
    public void ReadExtension_Value_HasTypeAndBytes()
    {
        var reader = new WireReader(Pack.Bytes((ref MessagePackWriter writer) =>
            writer.WriteExtensionFormat(new ExtensionResult(1, new byte[] { 1, 2, 3 }))));

        Assert.Equal([1, 2, 3], reader.ReadExtension(out var type).ToArray());
        Assert.Equal(1, type);
        Assert.True(reader.End);
    }

    [Fact]
    public void Skip_AllowedDepth_IsTheSameAsForReading()
    {
        var deepest = (byte[])[.. Enumerable.Repeat((byte)0x91, WireReader.MaxDepth), 0xC0];
        var reader = new WireReader(deepest);
        reader.Skip();
        Assert.True(reader.End);

        reader = new WireReader(deepest);
        for (var i = 0; i < WireReader.MaxDepth; i++) reader.EnterArray();
        Assert.True(reader.TryReadNil());
    }

    [Fact]
    public void Skip_InsideContainers_CountsTheirDepth()
    {
        var error = Assert.Throws<EdgeHostException>(static () =>
        {
            var reader = new WireReader((byte[])[.. Enumerable.Repeat((byte)0x91, WireReader.MaxDepth), 0x90]);
            reader.EnterArray();
            reader.Skip();
        });

        Assert.Equal("The body is nested deeper than 64 levels.", error.Message);
    }

    [Fact]
    public void Leave_SiblingContainers_DoNotAddUp()
    {
        var reader = new WireReader((byte[])[0xDC, 0x03, 0xE8, .. Enumerable.Repeat((byte)0x90, 1000)]);
        var count = reader.EnterArray();
        for (; count > 0; count--)
        {
            reader.EnterArray();
            reader.Leave();
        }

        reader.Leave();
        Assert.True(reader.End);
    }

    [Fact]
    public void Invalid_LongOrDeepPath_IsCut()
    {
        var reader = new WireReader(ReadOnlyMemory<byte>.Empty);
        reader.PushField(new string('x', 5000));
        for (var i = 0; i < 40; i++) reader.PushField("f");

        var message = reader.Invalid("is wrong").Message;

        Assert.InRange(message.Length, 1, 200);
        Assert.EndsWith(".…' is wrong.", message, StringComparison.Ordinal);
    }
}
