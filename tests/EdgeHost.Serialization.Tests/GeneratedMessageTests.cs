using System.Text;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class GeneratedMessageTests
{
    [Fact]
    public void Deserialize_EveryKind_RestoresEveryMember()
    {
        var message = new Everything
        {
            Flag = true,
            Count = -5,
            Big = long.MinValue,
            Unsigned = uint.MaxValue,
            Octet = 255,
            Single = 1.5f,
            Double = -2.25,
            Text = "grüße 你好 🎈",
            Blob = new byte[] { 1, 2, 3 },
            Octets = [9, 8],
            Colour = Colour.Red,
            Inner = new Inner(4, "note", 9),
            MaybeCount = 0,
            MaybeDouble = 0.5,
            MaybeFlag = false,
            MaybeText = "x",
            MaybeBlob = new byte[] { 7 },
            MaybeColour = Colour.DarkBlue,
            MaybeInner = new Inner(1),
            MaybePlace = new Place(1, 2),
            Floats = [1, 2.5f],
            Doubles = [3.5],
            Texts = ["a", null, ""],
            Colours = [Colour.DarkBlue, Colour.Red],
            Matrix = [[1, 2], [], [3]],
            Inners = [new Inner(8)],
            Places = [new Place(0.5, -1)],
            Blobs = [new byte[] { 1 }, ReadOnlyMemory<byte>.Empty],
            Tags = new Dictionary<string, string> { ["k"] = "v" },
            Numbers = new Dictionary<string, int?> { ["one"] = 1, ["none"] = null },
        };

        var bytes = WireMessageSerializer.ToArray(message);
        var read = WireMessageSerializer.Deserialize<Everything>(bytes);

        Assert.Equal(message.Text, read.Text);
        Assert.Equal(new Inner(4, "note", 9), read.Inner);
        Assert.Equal(Colour.Red, read.Colour);
        Assert.Equal(new byte[] { 1, 2, 3 }, read.Blob.ToArray());
        Assert.Equal(new Place(1, 2), read.MaybePlace);
        Assert.Equal(["a", null, ""], read.Texts);
        Assert.Equal([3], read.Matrix[2]);
        Assert.Null(read.Numbers!["none"]);
        Assert.Equal(1, read.Numbers["one"]);
        Assert.False(read.MaybeFlag);
        Assert.Equal(bytes, WireMessageSerializer.ToArray(read));
    }

    [Fact]
    public void Deserialize_AbsentMembers_KeepInitialValues()
    {
        var bytes = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(2);
            writer.Write("flag");
            writer.Write(true);
            writer.Write("text");
            writer.Write("t");
        });

        var read = WireMessageSerializer.Deserialize<Everything>(bytes);

        Assert.Equal(7, read.Count);
        Assert.Equal(Colour.DarkBlue, read.Colour);
        Assert.Equal(new Inner(0), read.Inner);
        Assert.Equal("initial", read.MaybeText);
        Assert.Empty(read.Floats);
        Assert.Null(read.Inners);
    }

    [Fact]
    public void Serialize_NullMember_LeavesItOut()
    {
        var bytes = WireMessageSerializer.ToArray(new Inner(1));

        Assert.Equal("{\"value\":1,\"size\":3}", MessagePackSerializer.ConvertToJson(bytes));
    }

    [Fact]
    public void Deserialize_NilForNullable_IsNull()
    {
        var bytes = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(3);
            writer.Write("flag");
            writer.Write(true);
            writer.Write("text");
            writer.Write("t");
            writer.Write("maybe_text");
            writer.WriteNil();
        });

        Assert.Null(WireMessageSerializer.Deserialize<Everything>(bytes).MaybeText);
    }

    [Fact]
    public void RequiredNullable_Null_TravelsAsNil()
    {
        var bytes = WireMessageSerializer.ToArray(new RequiredNullable { Value = null });

        Assert.Null(WireMessageSerializer.Deserialize<RequiredNullable>(bytes).Value);
        Assert.Contains("'value'", Pack.Refused<RequiredNullable>([0x80]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deserialize_PositionalRecord_UsesDefaults()
    {
        var bytes = Pack.Pair("value", (ref MessagePackWriter writer) => writer.Write(5));

        Assert.Equal(new Inner(5, null, 3), WireMessageSerializer.Deserialize<Inner>(bytes));
        Assert.Equal("The body lacks the required field 'value'.", Pack.Refused<Inner>([0x80]).Message);
    }

    [Fact]
    public void Deserialize_Struct_RunsInitialisers()
    {
        var read = WireMessageSerializer.Deserialize<Span2>(Pack.Pair("end", (ref MessagePackWriter writer) => writer.Write(1)));

        Assert.Equal((5, 1), (read.Start, read.End));
    }

    [Fact]
    public void Deserialize_AuthorsConstructor_Runs()
    {
        var read = WireMessageSerializer.Deserialize<WithConstructor>(Pack.Pair("class", (ref MessagePackWriter writer) => writer.Write(2)));

        Assert.Equal((1, 2), (read.Made, read.@class));
    }

    [Fact]
    public void Deserialize_Derived_ReadsBaseMembers()
    {
        var bytes = WireMessageSerializer.ToArray(new DerivedMessage { Id = 3, Extra = "e" });

        var read = WireMessageSerializer.Deserialize<DerivedMessage>(bytes);

        Assert.Equal((3, "e"), (read.Id, read.Extra));
        Assert.Equal(3, WireMessageSerializer.Deserialize<BaseMessage>(bytes).Id);
    }

    [Fact]
    public void Deserialize_NestedType_HasSnakeCaseKeys()
        => Assert.Equal("{\"http_port\":80}", MessagePackSerializer.ConvertToJson(WireMessageSerializer.ToArray(new Outer.Nested { HTTPPort = 80 })));

    [Fact]
    public void Deserialize_UnknownKeys_AreSkipped()
    {
        var bytes = Pack.Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(3);
            writer.Write("later");
            writer.WriteArrayHeader(2);
            writer.WriteMapHeader(1);
            writer.Write("a");
            writer.Write(new byte[] { 1 });
            writer.WriteExtensionFormat(new ExtensionResult(3, new byte[] { 1, 2 }));
            writer.Write("value");
            writer.Write(5);
            writer.Write("trilobite");
            writer.WriteNil();
        });

        Assert.Equal(5, WireMessageSerializer.Deserialize<Inner>(bytes).Value);
    }

    [Fact]
    public void Deserialize_EmptyMessage_TakesAnyMap()
    {
        Assert.NotNull(WireMessageSerializer.Deserialize<Empty>(Pack.Pair("x", (ref MessagePackWriter writer) => writer.Write(1))));
        Assert.Equal([0x80], WireMessageSerializer.ToArray(new Empty()));
    }

    [Fact]
    public void Deserialize_Binary_IsViewOfInput()
    {
        var bytes = Pack.Pair("small", (ref MessagePackWriter writer) => writer.Write(new byte[] { 1, 2 }));
        var read = WireMessageSerializer.Deserialize<Limited>(bytes);

        bytes[^1] = 77;

        Assert.Equal(77, read.Small.Span[1]);
    }

    [Fact]
    public void Serialize_LargeBinary_GoesByReference()
    {
        var target = new ReferencingWriter();
        var blob = Encoding.UTF8.GetBytes("a block that is long enough");

        WireMessageSerializer.Serialize(new Everything { Flag = true, Text = "", Blob = blob }, target);

        Assert.Equal(1, target.References);
        Assert.Equal(blob, WireMessageSerializer.Deserialize<Everything>(target.ToArray()).Blob.ToArray());
    }

    [Theory]
    [InlineData(16)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public void WriteBinary_ByReference_HasTheHeaderOfItsLengthAndAsksForNoRoomForIt(int length)
    {
        var target = new ReferencingWriter();
        var block = new byte[length];
        var writer = new WireWriter(target);

        writer.WriteBinary(block);
        writer.Flush();

        Assert.Equal(Pack.Bytes((ref MessagePackWriter other) => other.Write(block)), target.ToArray());
        Assert.InRange(target.LargestHint, 0, 64);
    }
}
