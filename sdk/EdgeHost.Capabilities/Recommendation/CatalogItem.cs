using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>An item as its app describes it. Everything but its id may be missing.</summary>
[WireMessage]
public sealed partial class CatalogItem
{
    /// <summary>The app's name of the item, 1 to 256 characters; an item that is there is replaced.</summary>
    [WireField(MaxLength = 256)]
    public required string Item { get; init; }

    /// <summary>The title, which counts as text of the item and stands in reasons.</summary>
    [WireField(MaxLength = 1000)]
    public string? Title { get; init; }

    /// <summary>Any text about the item.</summary>
    [WireField(MaxLength = 100_000)]
    public string? Text { get; init; }

    /// <summary>Tags, compared as they are; at most 1,000.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Attributes by name, for filters, caps and comparison. The first value of an attribute decides whether it is of texts or of numbers in this catalogue.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Attributes { get; init; }

    /// <summary>A vector that is near those of similar items, in place of those that the host makes of text and picture. All of a catalogue have one length.</summary>
    public ItemVector? Embedding { get; init; }

    /// <summary>A picture in a format that <c>vision.embed_image</c> takes. The host turns it into a vector after the call; with <see cref="Embedding"/> it is left out. It is kept as long as the item, and is in no export.</summary>
    public ReadOnlyMemory<byte>? Image { get; init; }
}
