using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Puts items into a catalogue, which is made by the first ones. They are on the disk when the call answers, and are known by what they are with the next list.</summary>
[WireMessage]
public sealed partial class PutItemsRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>The items. Of several with one id the last counts.</summary>
    public IReadOnlyList<CatalogItem>? Items { get; init; }
}
