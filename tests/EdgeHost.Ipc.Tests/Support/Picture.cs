using EdgeHost.Serialization;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>A message of one binary.</summary>
internal sealed record Picture(ReadOnlyMemory<byte> Image) : IWireMessage<Picture>
{
    public static string JsonSchema => "{}";

    public static void Write(ref WireWriter writer, Picture value)
    {
        writer.WriteMapHeader(1);
        writer.WriteKey("image"u8);
        writer.WriteBinary(value.Image);
    }

    public static Picture Read(ref WireReader reader)
    {
        ReadOnlyMemory<byte> image = default;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var isImage = reader.ReadKey().SequenceEqual("image"u8);
            reader.PushField("image");
            if (isImage) image = reader.ReadBinary();
            else reader.Skip();
            reader.PopField();
        }

        reader.Leave();
        return new Picture(image);
    }
}
