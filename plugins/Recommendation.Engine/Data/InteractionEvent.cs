namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>Something a user did with an item.</summary>
public readonly record struct InteractionEvent
{
    /// <summary>Creates an event of one view of weight 1 at time 0.</summary>
    public InteractionEvent()
    {
    }

    /// <summary>Who.</summary>
    public required string User { get; init; }

    /// <summary>With what. An item that the catalogue lacks is kept as an item without attributes.</summary>
    public required string Item { get; init; }

    /// <summary>What was done, for example <c>view</c>, <c>like</c>, <c>rate</c>; how much each type counts is in <see cref="EventWeights"/>.</summary>
    public string Type { get; init; } = "view";

    /// <summary>How much: a count, the stars of a rating, the seconds of a dwell. Not NaN; clamped to <see cref="EventWeights.MaxWeight"/>.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>When, in milliseconds since 1970 (UTC); may be negative.</summary>
    public long Time { get; init; }

    /// <summary>The session that it belongs to, or null: then pauses separate sessions.</summary>
    public string? Session { get; init; }

    /// <summary>What makes the event one and the same when it comes again; null: user, item, type and time do.</summary>
    public string? Key { get; init; }
}
