namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>What ours is compared with.</summary>
internal static class PeerKinds
{
    public const string Raw = "raw";
    public const string StreamJsonRpc = "streamjsonrpc";
    public const string Grpc = "grpc";
    public const string Json = "json";
}
