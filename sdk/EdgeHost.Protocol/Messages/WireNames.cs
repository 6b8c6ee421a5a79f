namespace EdgeHost.Protocol.Messages;

/// <summary>The names of priorities and capability kinds on the wire.</summary>
internal static class WireNames
{
    public static string Of(CallPriority priority) => priority switch
    {
        CallPriority.Interactive => "interactive",
        CallPriority.Background => "background",

        // Training is the host's own class; on the wire background is the lowest.
        CallPriority.Training => "background",
        _ => "normal",
    };

    public static CallPriority? Priority(string name) => name switch
    {
        "interactive" => CallPriority.Interactive,
        "normal" => CallPriority.Normal,
        "background" => CallPriority.Background,
        _ => null,
    };

    public static string Of(CapabilityKind kind) => kind switch
    {
        CapabilityKind.ServerStream => "server_stream",
        CapabilityKind.Duplex => "duplex",
        CapabilityKind.ClientStream => "client_stream",
        _ => "unary",
    };

    public static CapabilityKind? Kind(string name) => name switch
    {
        "unary" => CapabilityKind.Unary,
        "server_stream" => CapabilityKind.ServerStream,
        "duplex" => CapabilityKind.Duplex,
        "client_stream" => CapabilityKind.ClientStream,
        _ => null,
    };
}
