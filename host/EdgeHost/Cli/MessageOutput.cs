using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>Prints a wire message as JSON, exactly the fields that went over the wire.</summary>
internal static class MessageOutput
{
    public static void Write<T>(T message)
        where T : IWireMessage<T>
    {
        var bytes = WireMessageSerializer.ToArray(message);
        JsonOutput.Write(writer => WireJson.WriteTo(bytes, writer));
    }
}
