namespace EdgeHost.Protocol.Frames;

/// <summary>The kinds of MessagePack-RPC messages, with their numbers on the wire.</summary>
internal enum RpcKind
{
    Request = 0,
    Response = 1,
    Notification = 2,
}
