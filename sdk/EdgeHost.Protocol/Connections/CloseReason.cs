using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Connections;

/// <summary>Why a connection ended or takes no new calls; what <see cref="Notifications.GoingAway"/> carries.</summary>
internal sealed record CloseReason(ErrorCode Code, string Message) : IWireMessage<CloseReason>
{
    private const int MaxMessageLength = 16 * 1024;

    /// <summary>The peer closed the connection without saying why.</summary>
    public static CloseReason PeerClosed { get; } = new(ErrorCode.Unavailable, "The other side closed the connection.");

    public static string JsonSchema =>
        """{"type":"object","required":["code","message"],"properties":{"code":{"type":"string"},"message":{"type":"string"}}}""";

    public static void Write(ref WireWriter writer, CloseReason value)
    {
        writer.WriteMapHeader(2);
        writer.WriteKey("code"u8);
        writer.Write(value.Code.ToWireName());
        writer.WriteKey("message"u8);
        writer.Write(value.Message);
    }

    public static CloseReason Read(ref WireReader reader)
    {
        string? code = null;
        var message = string.Empty;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("code"u8)) code = reader.ReadString(WireProtocol.MaxNameLength);
            else if (key.SequenceEqual("message"u8)) message = reader.ReadString(MaxMessageLength);
            else reader.Skip();
        }

        reader.Leave();
        return new CloseReason(ErrorCodeNames.FromWireName(code), message);
    }

    /// <summary>The error of a call that the end of the connection takes along.</summary>
    public EdgeHostException ToException() => new(ErrorCode.Unavailable, $"The connection is closed: {Message}");
}
