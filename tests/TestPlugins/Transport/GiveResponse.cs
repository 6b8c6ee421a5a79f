using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>Bytes.</summary>
[WireMessage]
public sealed partial class GiveResponse
{
    /// <summary>As many as asked for.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
