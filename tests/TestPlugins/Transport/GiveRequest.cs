using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>How much to give.</summary>
[WireMessage]
public sealed partial class GiveRequest
{
    /// <summary>How many bytes; at most 32 MiB.</summary>
    [WireField(Minimum = 0, Maximum = 32 << 20)]
    public required int Bytes { get; init; }
}
