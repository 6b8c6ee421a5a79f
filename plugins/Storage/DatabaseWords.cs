namespace EdgeHost.Plugins.Storage;

/// <summary>How a database speaks of itself in errors, so that a person knows what was lost and what to do.</summary>
public sealed record DatabaseWords
{
    /// <summary>What is kept, to follow "the": <c>health data</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What a full disk, or a file at its limit, means and what makes room, in sentences.</summary>
    public required string WhenFull { get; init; }

    /// <summary>What to do about a damaged database, a sentence.</summary>
    public required string WhenDamaged { get; init; }

    /// <summary>What a caller does when too many wait, a sentence.</summary>
    public string WhenCrowded { get; init; } = "Try again.";
}
