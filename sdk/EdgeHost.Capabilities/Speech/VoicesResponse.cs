using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>The voices.</summary>
[WireMessage]
public sealed partial class VoicesResponse
{
    /// <summary>Those that can speak first, then by engine and id.</summary>
    public required IReadOnlyList<VoiceInfo> Voices { get; init; }
}
