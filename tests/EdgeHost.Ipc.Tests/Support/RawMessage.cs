using EdgeHost.Protocol.Frames;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>A message as a test looks at it.</summary>
internal sealed record RawMessage(RpcKind Kind, uint Id, string Method, EdgeHostException? Error, string Json);
