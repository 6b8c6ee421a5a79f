namespace EdgeHost.Plugins.Recommendation.Engine.Models.Sequences;

/// <summary>How what comes after what is counted.</summary>
public sealed record SequenceOptions
{
    /// <summary>How many places later an item still counts as following; a place farther counts less, 1 / distance.</summary>
    public int Reach { get; init; } = 5;

    /// <summary>How many of the user's newest items are looked at.</summary>
    public int Last { get; init; } = 10;

    /// <summary>How much an item counts beside the one after it.</summary>
    public double Fading { get; init; } = 0.8;

    /// <summary>Added to the number of times that an item was left: what few transitions prove is little.</summary>
    public double Shrinkage { get; init; } = 5;

    /// <summary>What a transition from one session to the next counts beside one within.</summary>
    public double BetweenSessions { get; init; } = 0.3;

    /// <summary>After how many minutes without an event a new session begins where the app names none.</summary>
    public double SessionMinutes { get; init; } = 60;

    /// <summary>The most followers that an item keeps.</summary>
    public int Followers { get; init; } = 200;

    /// <summary>The most transitions that are counted at a time, about 40 bytes each; beyond, the rarer half is forgotten (lossy counting).</summary>
    public int MaxTransitions { get; init; } = 5_000_000;

    /// <summary>The most pairs of items whose followers are kept, those seen most often.</summary>
    public int MaxPairs { get; init; } = 200_000;
}
