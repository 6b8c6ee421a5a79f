using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>How long to block.</summary>
[WireMessage]
public sealed partial class BlockRequest
{
    /// <summary>Milliseconds; at most a minute.</summary>
    [WireField(Minimum = 0, Maximum = 60_000)]
    public required int Milliseconds { get; init; }
}
