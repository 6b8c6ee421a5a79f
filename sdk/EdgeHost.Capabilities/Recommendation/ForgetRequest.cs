using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Deletes for good, and builds the models anew without it before it answers. Give at least one of the others, or <see cref="Everything"/>.</summary>
[WireMessage]
public sealed partial class ForgetRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>A user, with all events and lists.</summary>
    [WireField(MaxLength = 256)]
    public string? User { get; init; }

    /// <summary>An item, with all events. With a user: that user's events with the item alone.</summary>
    [WireField(MaxLength = 256)]
    public string? Item { get; init; }

    /// <summary>An event by its <see cref="UserEvent.Id"/>, of the given user.</summary>
    [WireField(MaxLength = 256)]
    public string? Event { get; init; }

    /// <summary>Events at or after this time, in milliseconds since 1970; of the given user if there is one.</summary>
    public long? From { get; init; }

    /// <summary>Events before this time, in milliseconds since 1970; of the given user if there is one.</summary>
    public long? To { get; init; }

    /// <summary>The whole catalogue.</summary>
    public bool? Everything { get; init; }
}
