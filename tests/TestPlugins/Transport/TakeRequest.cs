using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>Bytes to take.</summary>
[WireMessage]
public sealed partial class TakeRequest
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}
