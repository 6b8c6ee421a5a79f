namespace EdgeHost.Plugins.Recommendation.Engine.Data;

/// <summary>What bounds a snapshot and how it weighs events.</summary>
public sealed record SnapshotOptions
{
    /// <summary>How much events count.</summary>
    public EventWeights Weights { get; init; } = EventWeights.Default;

    /// <summary>Whether whoever gives the events answers for each coming once: then nothing is kept to find duplicates, about 50 bytes an event.</summary>
    public bool AreDistinct { get; init; }

    /// <summary>The most items that are put in.</summary>
    public int MaxItems { get; init; } = 2_000_000;

    /// <summary>The most events, duplicates not counted; each takes 64 bytes while a snapshot is built and about 24 in it.</summary>
    public int MaxEvents { get; init; } = 50_000_000;
}
