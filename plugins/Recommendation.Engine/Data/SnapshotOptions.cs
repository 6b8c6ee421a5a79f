namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>What bounds a snapshot and how it weighs events.</summary>
public sealed record SnapshotOptions
{
    /// <summary>How much events count.</summary>
    public EventWeights Weights { get; init; } = EventWeights.Default;

    /// <summary>The most items that are put in.</summary>
    public int MaxItems { get; init; } = 2_000_000;

    /// <summary>The most events, duplicates not counted; each takes 32 bytes while a snapshot is built and about 24 in it.</summary>
    public int MaxEvents { get; init; } = 50_000_000;
}
