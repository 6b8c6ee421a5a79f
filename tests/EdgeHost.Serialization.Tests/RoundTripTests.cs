using CsCheck;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

public class RoundTripTests
{
    [Fact]
    public void Serialize_RandomMessage_ReadsBackTheSame()
        => RandomMessages.Everything.Sample(static message =>
        {
            var bytes = WireMessageSerializer.ToArray(message);
            var read = WireMessageSerializer.Deserialize<Everything>(bytes);

            // Equal bytes mean equal members: each member has exactly one form.
            Assert.Equal(bytes, WireMessageSerializer.ToArray(read));
            Assert.Equal(message.Big, read.Big);
            Assert.Equal(message.Double, read.Double);
            Assert.Equal(message.Inners, read.Inners);
            Assert.Equal(message.Tags, read.Tags);
            Assert.Equal(message.MaybeText, read.MaybeText);
        }, iter: 2000);

    [Fact]
    public void Serialize_RandomMessage_IsOneWellFormedValue()
        => RandomMessages.Everything.Sample(static message =>
        {
            var reader = new MessagePackReader(WireMessageSerializer.ToArray(message));
            reader.Skip();
            Assert.True(reader.End);
        }, iter: 500);
}
