using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>What lists without exploration would have earned at the places of lists that explored: the share of places whose item was taken.</summary>
[WireMessage]
public sealed partial class PolicyFigures
{
    /// <summary>Places of logged lists that were looked at.</summary>
    public required int Places { get; init; }

    /// <summary>How many places of the other policy the log is worth; with few, believe none of the estimates.</summary>
    public required double EffectivePlaces { get; init; }

    /// <summary>What the logged lists earned a place.</summary>
    public required double Logged { get; init; }

    /// <summary>By inverse propensities.</summary>
    public required double InversePropensity { get; init; }

    /// <summary>Its standard error; absent with fewer than two places.</summary>
    public double? InversePropensityError { get; init; }

    /// <summary>Self-normalised: less uncertain, a little biased.</summary>
    public required double SelfNormalised { get; init; }

    /// <summary>Its standard error; absent with fewer than two places.</summary>
    public double? SelfNormalisedError { get; init; }
}
