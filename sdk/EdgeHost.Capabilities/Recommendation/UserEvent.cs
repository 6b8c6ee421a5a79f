using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Something a user did with an item.</summary>
[WireMessage]
public sealed partial class UserEvent
{
    /// <summary>Who: any name of 1 to 256 characters that the app has for the person.</summary>
    [WireField(MaxLength = 256)]
    public required string User { get; init; }

    /// <summary>With what. The item need not be in the catalogue, or not yet.</summary>
    [WireField(MaxLength = 256)]
    public required string Item { get; init; }

    /// <summary>What was done: <c>view</c>, <c>click</c>, <c>open</c>, <c>play</c>, <c>read</c>, <c>complete</c>, <c>like</c>, <c>save</c>, <c>bookmark</c>, <c>share</c>, <c>add_to_cart</c>, <c>purchase</c>, <c>dwell</c>, <c>rate</c>, <c>rating</c>, <c>skip</c>, <c>dislike</c>, <c>hide</c>, <c>not_interested</c>, <c>impression</c>, or a word of one's own, which counts like a view.</summary>
    [WireField(MaxLength = 64)]
    public required string Type { get; init; }

    /// <summary>How much: the stars of a rating, the seconds of a dwell, a count otherwise; 1 if absent. Finite; beyond 1,000 either side it counts as 1,000.</summary>
    public double? Weight { get; init; }

    /// <summary>When, in milliseconds since 1970 (UTC); may be negative. A later time than now counts as now.</summary>
    public required long Time { get; init; }

    /// <summary>The session that it belongs to.</summary>
    [WireField(MaxLength = 256)]
    public string? Session { get; init; }

    /// <summary>The list that the item was shown on, from the reply of <c>recommendation.recommend</c>.</summary>
    [WireField(MaxLength = 64)]
    public string? List { get; init; }

    /// <summary>The place on that list, from 1.</summary>
    [WireField(Minimum = 1)]
    public int? Position { get; init; }

    /// <summary>What makes the event one and the same when it is sent again; if absent, user, item, type and time do.</summary>
    [WireField(MaxLength = 256)]
    public string? Id { get; init; }
}
