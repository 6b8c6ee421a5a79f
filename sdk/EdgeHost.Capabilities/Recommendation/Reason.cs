using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Why an item is on a list: a part of its score.</summary>
[WireMessage]
public sealed partial class Reason
{
    /// <summary><c>history</c>: people who met an item of the person's history met this one; <c>sequence</c>: it came after such an item; <c>feature</c>: a tag, attribute or word that is shared; <c>embedding</c>: it is like such an item; <c>popularity</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Text { get; init; }

    /// <summary>Items of the person's history that it is about.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>Tags that it is about.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The attribute or word that it is about, as <c>attribute:value</c> or <c>text:word</c>.</summary>
    public string? Feature { get; init; }

    /// <summary>Its part of the score; parts that speak against the item are below zero.</summary>
    public required double Value { get; init; }
}
