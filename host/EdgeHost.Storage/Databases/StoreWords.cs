namespace EdgeHost.Storage.Databases;

/// <summary>How a store speaks of itself in errors: parts of sentences, so that the owner of the device reads what was lost and what to do.</summary>
public sealed record StoreWords
{
    /// <summary>What is kept, in the plural, for "the database of …": <c>examples</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What a failed write leaves, to follow a colon: <c>nothing was changed, the versions that were there serve</c>.</summary>
    public required string Unchanged { get; init; }

    /// <summary>What a damaged database means, to follow a colon: <c>nothing is recorded</c>.</summary>
    public required string Damage { get; init; }

    /// <summary>What makes room on a full disk, a sentence.</summary>
    public string MakeRoom { get; init; } = "Free some space.";

    /// <summary>What a caller does when too many wait, a sentence.</summary>
    public string WhenCrowded { get; init; } = "Try again.";
}
