using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>How factors are found by alternating least squares.</summary>
public sealed record FactorOptions
{
    /// <summary>The length of vectors, 1 to 512.</summary>
    public int Width { get; init; } = 32;

    /// <summary>The weight of pairs without an event beside 1 for an event.</summary>
    public double UnobservedWeight { get; init; } = 0.3;

    /// <summary>The weight of the penalty, for each event and unobserved pair of a user or item.</summary>
    public double Penalty { get; init; } = 0.01;

    /// <summary>How often both sides are solved.</summary>
    public int Sweeps { get; init; } = 12;

    /// <summary>Of the start.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How a user's events fade when vectors of users are made.</summary>
    public HistoryDecay Decay { get; init; } = HistoryDecay.None;
}
