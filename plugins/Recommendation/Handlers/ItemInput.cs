using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Checks items and events of apps before anything is kept.</summary>
internal sealed class ItemInput(RecommendationOptions options)
{
    private const int MostTags = 1000;
    private const int MostAttributes = 256;
    private const int LongestValue = 1000;

    private static readonly long FirstTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: something of an item is wrong; <see cref="ErrorCode.ResourceExhausted"/>: there are too many.</exception>
    public void Check(IReadOnlyList<CatalogItem> items)
    {
        if (items.Count > options.MaxItemsOfCall) throw Limits.Reached("items of a call", options.MaxItemsOfCall, "max_items_of_call", $"Send them in several, or with '{RecommendationMethods.PutItemsStream}'");
        foreach (var item in items) Check(item);
    }

    /// <inheritdoc cref="Check(IReadOnlyList{CatalogItem})"/>
    public void Check(CatalogItem item)
    {
        if (item.Item.Length == 0) throw Wrong("An item has an empty 'item'. Give each item a name of its own.");
        if (item.Image is { } image && (image.IsEmpty || image.Length > options.Embedding.MaxPictureKilobytes * 1024))
        {
            throw Wrong($"The image of item '{item.Item}' has {image.Length} bytes; 1 to {options.Embedding.MaxPictureKilobytes * 1024} are taken. Make it smaller, or raise the plugin's setting 'recommendation:max_picture_kilobytes'.");
        }

        if (item.Tags?.Count > MostTags) throw Wrong($"Item '{item.Item}' has {item.Tags.Count} tags; at most {MostTags} are taken.");
        foreach (var tag in item.Tags ?? [])
        {
            if (tag.Length is 0 or > LongestValue) throw Wrong($"A tag of item '{item.Item}' must have 1 to {LongestValue} characters.");
        }

        if (item.Attributes?.Count > MostAttributes) throw Wrong($"Item '{item.Item}' has {item.Attributes.Count} attributes; at most {MostAttributes} are taken.");
        foreach (var (name, value) in item.Attributes ?? new Dictionary<string, AttributeValue>()) CheckAttribute(item.Item, name, value);
        if (item.Embedding is not { } vector) return;
        if (vector.Values.Length == 0) throw Wrong($"The embedding of item '{item.Item}' is empty; leave it out.");
        foreach (var value in vector.Values.Span)
        {
            if (!float.IsFinite(value)) throw Wrong($"The embedding of item '{item.Item}' has a number that is not finite.");
        }
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: something of an event is wrong; <see cref="ErrorCode.ResourceExhausted"/>: there are too many.</exception>
    public void Check(IReadOnlyList<UserEvent> events)
    {
        if (events.Count > options.MaxEventsOfCall) throw Limits.Reached("events of a call", options.MaxEventsOfCall, "max_events_of_call", "Send them in several");
        for (var i = 0; i < events.Count; i++)
        {
            var recorded = events[i];
            if (recorded.User.Length == 0 || recorded.Item.Length == 0 || recorded.Type.Length == 0) throw Wrong($"events[{i}] has an empty 'user', 'item' or 'type'.");
            if (recorded.Weight is { } weight && !double.IsFinite(weight)) throw Wrong($"events[{i}].weight is {weight}; it must be finite.");
            if (recorded.Time < FirstTime || recorded.Time > LastTime) throw Wrong($"events[{i}].time is {recorded.Time}, which is no time in milliseconds since 1970.");
            if (recorded.Id is { Length: 0 }) throw Wrong($"events[{i}].id is empty; leave it out.");
        }
    }

    private static void CheckAttribute(string item, string name, AttributeValue value)
    {
        if (name.Length is 0 or > 64 || name.Contains(':', StringComparison.Ordinal)) throw Wrong($"The attribute '{name}' of item '{item}' must have a name of 1 to 64 characters without ':'.");
        if (name is AttributeIndex.Tags or "tag" or "text") throw Wrong($"No attribute may be called '{name}': tags and texts are called so. Use 'tags' and 'text' of the item, or another name.");
        if (value.Number is { } number && !double.IsFinite(number)) throw Wrong($"The attribute '{name}' of item '{item}' is {number}; leave it out where it is unknown.");
        foreach (var text in value.Texts)
        {
            if (text.Length > LongestValue) throw Wrong($"The attribute '{name}' of item '{item}' has a text of {text.Length} characters; at most {LongestValue} are taken.");
        }
    }

    private static EdgeHostException Wrong(string message) => new(ErrorCode.InvalidArgument, message);
}
