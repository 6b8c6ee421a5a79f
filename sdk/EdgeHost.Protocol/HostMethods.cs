namespace EdgeHost.Protocol;

/// <summary>Methods that every host answers itself.</summary>
public static class HostMethods
{
    /// <summary>The first call of a connection: who calls, and which limits apply.</summary>
    public const string Hello = "host.hello";

    /// <summary>Keep-alive, and the measure of the transport alone.</summary>
    public const string Ping = "host.ping";

    /// <summary>Lists every method with its kind, version, schemas and an example.</summary>
    public const string Capabilities = "host.capabilities";

    /// <summary>Opens a region of shared memory, which binaries of requests may lie in.</summary>
    public const string OpenRegion = "host.open_region";

    /// <summary>Closes a region; calls under way go on using it.</summary>
    public const string CloseRegion = "host.close_region";
}
