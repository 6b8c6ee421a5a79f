using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>What the person does at the moment. It is used for this list and not recorded.</summary>
[WireMessage]
public sealed partial class ListContext
{
    /// <summary>Items that the person looked at just now, oldest first, at most 100.</summary>
    public IReadOnlyList<string>? Items { get; init; }
}
