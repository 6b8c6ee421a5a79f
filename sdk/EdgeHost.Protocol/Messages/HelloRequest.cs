using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Messages;

/// <summary>The body of <see cref="HostMethods.Hello"/>.</summary>
internal sealed record HelloRequest(int Protocol, string App, string? Token, string? Client) : IWireMessage<HelloRequest>
{
    private const int MaxTokenLength = 4096;

    public static string JsonSchema =>
        """{"type":"object","required":["protocol","app"],"properties":{"protocol":{"type":"integer"},"app":{"type":"string","pattern":"^[a-z0-9._-]{1,128}$"},"token":{"type":"string"},"client":{"type":"string"}}}""";

    public static void Write(ref WireWriter writer, HelloRequest value)
    {
        writer.WriteMapHeader(2 + (value.Token is null ? 0 : 1) + (value.Client is null ? 0 : 1));
        writer.WriteKey("protocol"u8);
        writer.Write((long)value.Protocol);
        writer.WriteKey("app"u8);
        writer.Write(value.App);
        if (value.Token is not null)
        {
            writer.WriteKey("token"u8);
            writer.Write(value.Token);
        }

        if (value.Client is null) return;
        writer.WriteKey("client"u8);
        writer.Write(value.Client);
    }

    public static HelloRequest Read(ref WireReader reader)
    {
        int? protocol = null;
        string? app = null, token = null, client = null;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("protocol"u8))
            {
                reader.PushField("protocol");
                protocol = (int)reader.ReadInt64(0, int.MaxValue);
                reader.PopField();
            }
            else if (key.SequenceEqual("app"u8))
            {
                reader.PushField("app");
                app = reader.ReadString(WireProtocol.MaxNameLength);
                if (!IsAppName(app)) throw reader.Invalid("is not an app's name: 1 to 128 characters of a-z 0-9 . _ -");
                reader.PopField();
            }
            else if (key.SequenceEqual("token"u8))
            {
                reader.PushField("token");
                token = reader.TryReadNil() ? null : reader.ReadString(MaxTokenLength);
                reader.PopField();
            }
            else if (key.SequenceEqual("client"u8))
            {
                reader.PushField("client");
                client = reader.TryReadNil() ? null : reader.ReadString(WireProtocol.MaxNameLength);
                reader.PopField();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Leave();
        return new HelloRequest(
            protocol ?? throw reader.Missing("protocol"), app ?? throw reader.Missing("app"), token, client);
    }

    /// <summary>Whether a text can be an app's name.</summary>
    public static bool IsAppName(string name)
    {
        if (name.Length is 0 or > WireProtocol.MaxNameLength) return false;
        foreach (var c in name)
        {
            if (!IsAppNameCharacter(c)) return false;
        }

        return true;
    }

    /// <summary>Whether a character can be in an app's name.</summary>
    public static bool IsAppNameCharacter(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-';
}
