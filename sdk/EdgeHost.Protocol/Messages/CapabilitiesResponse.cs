using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Messages;

/// <summary>The answer to <see cref="HostMethods.Capabilities"/>: <c>{capabilities: [...]}</c>.</summary>
internal sealed record CapabilitiesResponse(IReadOnlyList<CapabilityEntry> Capabilities) : IWireMessage<CapabilitiesResponse>
{
    private const int MaxEntries = 64 * 1024;

    public static string JsonSchema =>
        $$"""{ "type":"object","required":["capabilities"],"properties":{"capabilities":{"type":"array","items":{{CapabilityEntry.JsonSchema}} } } }""";

    public static void Write(ref WireWriter writer, CapabilitiesResponse value)
    {
        writer.WriteMapHeader(1);
        writer.WriteKey("capabilities"u8);
        writer.WriteArrayHeader(value.Capabilities.Count);
        foreach (var entry in value.Capabilities)
        {
            CapabilityEntry.Write(ref writer, entry);
        }
    }

    public static CapabilitiesResponse Read(ref WireReader reader)
    {
        List<CapabilityEntry>? entries = null;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            if (!reader.ReadKey().SequenceEqual("capabilities"u8))
            {
                reader.Skip();
                continue;
            }

            entries = [];
            for (var left = reader.EnterArray(MaxEntries); left > 0; left--)
            {
                entries.Add(CapabilityEntry.Read(ref reader));
            }

            reader.Leave();
        }

        reader.Leave();
        return new CapabilitiesResponse(entries ?? throw reader.Missing("capabilities"));
    }
}
