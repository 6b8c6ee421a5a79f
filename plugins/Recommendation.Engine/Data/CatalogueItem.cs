namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>An item as its app describes it. Everything but the id may be missing. Immutable.</summary>
public sealed record CatalogueItem
{
    private static readonly Dictionary<string, AttributeValue> NoAttributes = [];

    /// <summary>The app's name of the item; unique in its catalogue.</summary>
    public required string Id { get; init; }

    /// <summary>The title, which counts as text of the item.</summary>
    public string? Title { get; init; }

    /// <summary>Any text about the item, in any language.</summary>
    public string? Text { get; init; }

    /// <summary>Tags, compared as they are.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Attributes by name: what filters, caps and content models use.</summary>
    public IReadOnlyDictionary<string, AttributeValue> Attributes { get; init; } = NoAttributes;

    /// <summary>A vector that the app or another plugin made of the item; empty for none. Vectors of another length than most of the catalogue's are left out.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }
}
