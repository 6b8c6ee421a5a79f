using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Lists the voices.</summary>
[WireMessage]
public sealed partial class VoicesRequest
{
    /// <summary>Only voices of this language, as BCP 47 (<c>en</c> includes <c>en-GB</c>).</summary>
    public string? Language { get; init; }
}
