using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Messages;

/// <summary>What <see cref="HostMethods.Capabilities"/> takes: the one method that is asked for, or null for all.</summary>
internal sealed record CapabilitiesRequest(string? Method) : IWireMessage<CapabilitiesRequest>
{
    public static string JsonSchema => """{"type":"object","properties":{"method":{"type":"string","maxLength":128}}}""";

    /// <summary>Reads a body, which may be empty.</summary>
    public static CapabilitiesRequest Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return new CapabilitiesRequest(Method: null);
        var reader = new WireReader(body);
        return Read(ref reader);
    }

    public static void Write(ref WireWriter writer, CapabilitiesRequest value)
    {
        writer.WriteMapHeader(value.Method is null ? 0 : 1);
        if (value.Method is null) return;
        writer.WriteKey("method"u8);
        writer.Write(value.Method);
    }

    public static CapabilitiesRequest Read(ref WireReader reader)
    {
        string? method = null;
        if (reader.TryReadNil()) return new CapabilitiesRequest(method);
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            if (reader.ReadKey().SequenceEqual("method"u8)) method = reader.TryReadNil() ? null : reader.ReadString(WireProtocol.MaxNameLength);
            else reader.Skip();
        }

        reader.Leave();
        return new CapabilitiesRequest(method);
    }
}
