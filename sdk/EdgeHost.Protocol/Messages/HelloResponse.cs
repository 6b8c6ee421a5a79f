using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Messages;

/// <summary>The answer to <see cref="HostMethods.Hello"/>.</summary>
internal sealed record HelloResponse(
    string HostVersion, string Session, HostLimits Limits, IReadOnlyList<string> Grants, int Credit, string Instance = "") : IWireMessage<HelloResponse>
{
    private const int MaxGrants = 4096;

    public static string JsonSchema =>
        """{"type":"object","required":["host_version","session"],"properties":{"host_version":{"type":"string"},"session":{"type":"string"},"grants":{"type":"array","items":{"type":"string"}},"credit":{"type":"integer"},"instance":{"type":"string"},"limits":"""
        + HostLimits.JsonSchema
        + "}}";

    public static void Write(ref WireWriter writer, HelloResponse value)
    {
        writer.WriteMapHeader(6);
        writer.WriteKey("host_version"u8);
        writer.Write(value.HostVersion);
        writer.WriteKey("session"u8);
        writer.Write(value.Session);
        writer.WriteKey("limits"u8);
        HostLimits.Write(ref writer, value.Limits);
        writer.WriteKey("grants"u8);
        writer.WriteArrayHeader(value.Grants.Count);
        foreach (var grant in value.Grants)
        {
            writer.Write(grant);
        }

        writer.WriteKey("credit"u8);
        writer.Write((long)value.Credit);
        writer.WriteKey("instance"u8);
        writer.Write(value.Instance);
    }

    public static HelloResponse Read(ref WireReader reader)
    {
        string? version = null, session = null, instance = null;
        var limits = new HostLimits();
        var grants = new List<string>();
        var credit = WireProtocol.DefaultStreamCredit;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("host_version"u8)) version = reader.ReadString(WireProtocol.MaxNameLength);
            else if (key.SequenceEqual("session"u8)) session = reader.ReadString(WireProtocol.MaxNameLength);
            else if (key.SequenceEqual("instance"u8)) instance = reader.ReadString(WireProtocol.MaxNameLength);
            else if (key.SequenceEqual("limits"u8)) limits = HostLimits.Read(ref reader);
            else if (key.SequenceEqual("credit"u8)) credit = (int)reader.ReadInt64(1, 1 << 20);
            else if (key.SequenceEqual("grants"u8))
            {
                for (var left = reader.EnterArray(MaxGrants); left > 0; left--)
                {
                    grants.Add(reader.ReadString(WireProtocol.MaxNameLength));
                }

                reader.Leave();
            }
            else reader.Skip();
        }

        reader.Leave();
        return new HelloResponse(version ?? throw reader.Missing("host_version"), session ?? throw reader.Missing("session"), limits, grants, credit, instance ?? string.Empty);
    }
}
