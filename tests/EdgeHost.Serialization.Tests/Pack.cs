using System.Buffers;
using MessagePack;

namespace EdgeHost.Serialization.Tests;

/// <summary>Makes MessagePack by hand, independently of what is tested.</summary>
internal static class Pack
{
    public delegate void Writing(ref MessagePackWriter writer);

    public static byte[] Bytes(Writing write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A map of one pair.</summary>
    public static byte[] Pair(string key, Writing value)
        => Bytes((ref MessagePackWriter writer) =>
        {
            writer.WriteMapHeader(1);
            writer.Write(key);
            value(ref writer);
        });

    public static EdgeHostException Refused<T>(byte[] bytes)
        where T : IWireMessage<T>
    {
        var error = Assert.Throws<EdgeHostException>(() => WireMessageSerializer.Deserialize<T>(bytes));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        return error;
    }
}
