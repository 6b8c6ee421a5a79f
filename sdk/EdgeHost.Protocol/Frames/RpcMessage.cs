using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Frames;

/// <summary>The envelope of one frame; its parts are views of the frame.</summary>
internal readonly ref struct RpcMessage
{
    private RpcMessage(RpcKind kind, uint id, ReadOnlySpan<byte> method, ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second)
    {
        Kind = kind;
        Id = id;
        Method = method;
        First = first;
        Second = second;
    }

    /// <summary>What it is.</summary>
    public RpcKind Kind { get; }

    /// <summary>The call's id; 0 for a notification.</summary>
    public uint Id { get; }

    /// <summary>The method's name as UTF-8; empty for a response. A request whose method is no string has an empty one.</summary>
    public ReadOnlySpan<byte> Method { get; }

    /// <summary>A response's error; otherwise the params, whatever they are.</summary>
    public ReadOnlyMemory<byte> First { get; }

    /// <summary>A response's result; otherwise empty.</summary>
    public ReadOnlyMemory<byte> Second { get; }

    /// <summary>Reads a complete frame.</summary>
    /// <param name="frame">The frame: one well-formed MessagePack value.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no MessagePack-RPC message.</exception>
    public static RpcMessage Read(ReadOnlyMemory<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.PushField("message");
        var count = reader.EnterArray();
        var kind = count > 0 ? reader.ReadInt64() : -1;
        // The frame is known to be one whole value: what is left of it is the last part, which need not be walked through again.
        switch (kind)
        {
            case (long)RpcKind.Request when count == 4:
                var id = (uint)reader.ReadInt64(0, uint.MaxValue);
                var method = Text(reader.ReadRaw());
                return new RpcMessage(RpcKind.Request, id, method, frame[(int)reader.Consumed..], default);
            case (long)RpcKind.Response when count == 4:
                id = (uint)reader.ReadInt64(0, uint.MaxValue);
                var error = reader.ReadRaw();
                return new RpcMessage(RpcKind.Response, id, default, error, frame[(int)reader.Consumed..]);
            case (long)RpcKind.Notification when count == 3:
                method = Text(reader.ReadRaw());
                return new RpcMessage(RpcKind.Notification, 0, method, frame[(int)reader.Consumed..], default);
            default:
                throw reader.Invalid("is not a MessagePack-RPC message: [0, msgid, method, params], [1, msgid, error, result] or [2, method, params]");
        }
    }

    /// <summary>Finds the id of a request of which only the beginning is there.</summary>
    /// <param name="beginning">The first bytes of the frame.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether the bytes begin a request and reach past its id.</returns>
    public static bool TryReadRequestId(ReadOnlySpan<byte> beginning, out uint id)
    {
        id = 0;
        if (beginning.Length < 3 || beginning[0] != 0x94 || beginning[1] != (byte)RpcKind.Request) return false;
        var rest = beginning[3..];
        var bytes = beginning[2] switch
        {
            <= 0x7f => 0,
            0xcc => 1,
            0xcd => 2,
            0xce => 4,
            _ => -1,
        };
        if (bytes < 0 || rest.Length < bytes) return false;
        id = bytes == 0 ? beginning[2] : 0u;
        foreach (var value in rest[..bytes])
        {
            id = (id << 8) | value;
        }

        return true;
    }

    // The characters of a string; nothing for another value.
    private static ReadOnlySpan<byte> Text(ReadOnlyMemory<byte> value)
    {
        var bytes = value.Span;
        return bytes[0] switch
        {
            >= 0xa0 and <= 0xbf => bytes[1..],
            0xd9 => bytes[2..],
            0xda => bytes[3..],
            0xdb => bytes[5..],
            _ => default,
        };
    }
}
