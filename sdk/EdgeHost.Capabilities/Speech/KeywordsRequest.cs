using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Lists the keywords that the device knows.</summary>
[WireMessage]
public sealed partial class KeywordsRequest
{
}
