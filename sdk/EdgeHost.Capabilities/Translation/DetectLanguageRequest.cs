using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>Tells what language a text is in.</summary>
[WireMessage]
public sealed partial class DetectLanguageRequest
{
    /// <summary>The text; neither empty nor only white space. Of a long one the beginning is looked at.</summary>
    public required string Text { get; init; }
}
